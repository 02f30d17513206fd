"""What to write instead, for errors whose own text does not say it to somebody who does not know the platform."""

from runtime.authoring.trials.trial import Trial
from runtime.worker.child.messages import Failed


def advice_on(trial: Trial) -> str:
    """Return what an author can do about the end of a trial; empty if the error says it itself."""
    reply = trial.reply
    if not isinstance(reply, Failed):
        return ""
    if reply.code == "input_unsupported" and not trial.seen.raised and "is required" in reply.message:
        return "give it with --input NAME=PATH"
    if reply.code == "invalid_parameters":
        return "parameters are given with -p NAME=VALUE"
    said = trial.seen.said
    match trial.seen.raised:
        case "AssertionError" if "daemonic processes" in said:
            return "a job starts no processes through multiprocessing: use threads (ThreadPoolExecutor)"
        # The second is what Python makes of a name that the class does not have.
        case "FrozenInstanceError" | "TypeError" if trial.seen.raised[0] == "F" or said.startswith("super(type, obj)"):
            return "an Image is not changed: return image.with_values(array), or image.with_map(array) on another scale"
        case "ModuleNotFoundError":
            return "install it, and list it in `dependencies` of pyproject.toml: a worker has what is listed there"
        case "SystemExit":
            return "raise UnsupportedInput, or another error, instead of ending the process"
        case _ if trial.seen.reach.called:
            called = ", ".join(trial.seen.reach.called)
            return f"it called {called}: bring what it needs in its package, as a worker may have no network"
        case _:
            return ""
