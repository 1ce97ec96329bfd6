"""Two people, two connections and a barrier: one race run again and again, each time on a file of its own."""

import importlib
import inspect
import threading
from collections import Counter
from types import ModuleType

from django.db import connection

from uneplace.kit.refused import Refused

PATIENCE = 60  # seconds that one waits for the other before the race is given up


def race(rounds, *acts):
    """Run `rounds` races; what each act was told: nothing when it won, the reason why not, or an exception.

    Each act is called with the number of the round and answers with what is to be done: it reads the file
    first, as on a screen, and acts only when the other has read it too.
    """
    barrier = threading.Barrier(len(acts))
    told = [[None] * rounds for _ in acts]
    threads = [
        threading.Thread(target=_run, args=[act, barrier, lines])
        for act, lines in zip(acts, told, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(zip(*told, strict=True))


def _run(act, barrier, lines):
    try:
        for number in range(len(lines)):
            ready = act(number)
            barrier.wait(PATIENCE)
            lines[number] = _told(ready)
    except BaseException as error:
        barrier.abort()
        lines[:] = [error] * len(lines)
    finally:
        connection.close()


def _told(ready):
    try:
        ready()
    except Refused as refusal:
        return " ".join(refusal.reasons)
    except Exception as error:
        return error
    return None


def check_one_winner(outcomes, *reasons):
    """Of each race, one act was done and the other refused for one of these reasons; who won how often."""
    wins = Counter()
    for outcome in outcomes:
        winners = [number for number, told in enumerate(outcome) if told is None]
        losers = [told for told in outcome if told is not None]
        assert len(winners) == 1, outcome
        assert all(told in reasons for told in losers), outcome
        wins[winners[0]] += 1
    return wins


def without(module: ModuleType, guard: str, instead: str = "") -> ModuleType:
    """A copy of this module in which a guard is taken out, as a careless change would."""
    text = inspect.getsource(module)
    assert text.count(guard) == 1, f"{guard!r} is written {text.count(guard)} times in {module.__name__}"
    copy = ModuleType(module.__name__)
    copy.__package__, copy.__file__ = module.__package__, module.__file__
    exec(compile(text.replace(guard, instead), f"{module.__file__} without {guard}", "exec"), copy.__dict__)
    return copy


def using(name: str, **replaced) -> ModuleType:
    """A copy of the module of that name which uses other functions than its own imports."""
    module = importlib.import_module(name)
    copy = ModuleType(module.__name__)
    copy.__package__, copy.__file__ = module.__package__, module.__file__
    exec(compile(inspect.getsource(module), module.__file__, "exec"), copy.__dict__)
    assert all(hasattr(copy, function) for function in replaced)
    copy.__dict__.update(replaced)
    return copy


def copies(row, count, **columns):
    """So many rows like this one, written at once; `columns` give the values that differ, one a row."""
    model = type(row)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    same = {field.attname: getattr(row, field.attname) for field in fields}
    columns = {model._meta.get_field(name).attname: list(values) for name, values in columns.items()}
    for name, values in columns.items():
        columns[name] = [getattr(value, "pk", value) for value in values]
    return model.objects.bulk_create(
        model(**same | {name: values[number] for name, values in columns.items()}) for number in range(count)
    )
