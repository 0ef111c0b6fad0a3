"""One thing in, a sequence out: encoder, attention, decoder. Heavy imports happen on use."""

from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

__all__ = ["EncoderDecoderExperiment"]
