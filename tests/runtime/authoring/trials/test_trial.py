"""A trial ends as a job on a worker would, and says more to its author."""

from collections.abc import Callable

import pytest

from runtime.authoring.trials.trial import Trial
from runtime.worker.child.messages import Done, Failed

Attempt = Callable[..., Trial]


def test_a_result_has_the_workers_files_and_figures(attempt: Attempt) -> None:
    trial = attempt("prints")
    assert isinstance(trial.reply, Done)
    assert [each.path.name for each in trial.reply.products] == ["preview-0001.png", "mosaic.png", "values.mha"]
    assert all(each.path.exists() for each in trial.reply.products)
    assert trial.reply.measurements == {"mean": 299.5}
    assert trial.reply.missing == ("The rest.",)
    assert trial.reply.display is not None and trial.reply.display.window is not None
    assert trial.parameters == {"way": "prints"}
    assert trial.seen.given == "1 x 20 x 30 int16, 1 x 1 x 1 mm, OT"


@pytest.mark.parametrize(
    ("way", "code", "message"),
    [
        ("refuses", "input_unsupported", "tried takes nothing today."),
        ("raises", "algorithm_failed", "The algorithm raised RuntimeError: no rows of seven"),
        ("nothing", "invalid_result", "The algorithm returned a NoneType, neither Image nor Result;"),
        ("dies", "algorithm_crashed", "The algorithm's process ended with SIGSEGV."),
        ("grows", "out_of_memory", "The algorithm needed more memory than it declares."),
        ("waits", "timed_out", "The algorithm took longer than the 2 s that it declares."),
        ("mumbles", "algorithm_failed", "The algorithm raised MumbledError"),
        ("unknown", "invalid_parameters", "The parameters do not fit: /way"),
    ],
)
def test_it_fails_with_the_workers_code_and_sentence(way: str, code: str, message: str, attempt: Attempt) -> None:
    reply = attempt(way).reply
    assert isinstance(reply, Failed)
    assert reply.code == code
    assert reply.message.startswith(message)


def test_what_only_the_functions_own_process_knows_is_left_out(attempt: Attempt) -> None:
    trial = attempt("wraps")
    assert isinstance(trial.reply, Done) and trial.reply.measurements == {"a": 1}
    assert trial.seen.returned.image.source == {"function": None}


def test_a_process_that_the_function_forked_answers_nothing(attempt: Attempt) -> None:
    reply = attempt("forks").reply
    assert isinstance(reply, Done) and reply.measurements == {}


def test_a_function_may_leave_a_folder_that_is_removed(attempt: Attempt) -> None:
    trial = attempt("loses_folder")
    assert isinstance(trial.reply, Done)
    assert trial.seen.changed == ("the working directory",)


def test_the_traceback_is_whole_and_the_authors_own(attempt: Attempt) -> None:
    trace = attempt("raises").seen.trace
    assert "cannot reshape array" in trace  # the cause, which the worker's log leaves out
    assert "in inner" in trace and "in tried" in trace
    assert "in wrapper" not in trace and "child/answers.py" not in trace


def test_memory_is_what_the_function_took(attempt: Attempt) -> None:
    assert attempt("returns").peak_bytes < 64 << 20


def test_what_a_function_does_beside_its_result_is_seen(attempt: Attempt) -> None:
    calm, writing, leaving = attempt("returns", 2).seen, attempt("writes").seen, attempt("leaves").seen
    assert (calm.wrote_pixels, calm.threads, len(set(calm.digests))) == (False, (), 1)
    assert writing.wrote_pixels
    assert leaving.threads == ("left",)
    assert len(set(attempt("differs", 2).seen.digests)) == 2
