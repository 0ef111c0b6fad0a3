import threading

from explorer.runs import Engine
from explorer.runs.attention import Attention
from tests.runs.fakes import Visitor, Walk
from tests.runs.test_worker import until


def test_no_rest_when_nobody_waits():
    attention = Attention()
    assert not attention.called and attention.rest() == 0.0


def test_a_single_page_is_not_in_the_way():
    attention = Attention()
    with attention.held():
        assert not attention.called and attention.rest() == 0.0
        with attention.held():
            assert attention.called
        assert not attention.called


def test_rest_lasts_until_the_page_is_done():
    attention, order = Attention(longest=10.0, several=1), []

    def page():
        with attention.held():
            inside.set()
            order.append("page")

    with attention.held():
        inside = threading.Event()
        engine = threading.Thread(target=lambda: (attention.rest(), order.append("engine")))
        engine.start()
        other = threading.Thread(target=page)
        other.start()
        other.join()
        assert engine.is_alive()
        order.append("first page")
    engine.join(5)
    assert order == ["page", "first page", "engine"]


def test_rest_has_to_be_earned():
    attention = Attention(longest=0.02, share=0.25, several=1)
    with attention.held():
        assert attention.called and attention.rest() >= 0.015
        assert not attention.called and attention.rest() == 0.0
        attention.earn(0.04)
        assert attention.called
        attention.earn(1000.0)
        assert attention._purse == 0.02


def test_attention_ends_when_a_page_fails():
    attention = Attention(several=1)
    try:
        with attention.held():
            raise KeyError
    except KeyError:
        assert not attention.called


def test_waiting_pages_end_the_quantum_after_one_step(clock):
    engine = Engine(clock)
    me = Visitor(engine, Walk(clock=clock, cost=0.002))
    engine.turn()
    me.play()
    with engine.attention(), engine.attention():
        engine.turn()
        assert me.poll().position == 1
        engine._attention._purse = 0.0  # patience is at its end
        engine.turn()
        assert me.poll().position == 9
    engine.turn()
    assert me.poll().position == 17


def test_training_goes_on_under_constant_attention():
    engine, walk = Engine(), Walk(steps=10**7)
    engine.launch()
    me = Visitor(engine, walk)
    me.play()
    with engine.attention(), engine.attention():
        until(lambda: me.poll().position > 500)
    engine.close()
