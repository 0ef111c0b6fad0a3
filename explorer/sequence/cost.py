"""placeholder"""
def refuse_what_is_too_slow(experiment):
    return None
