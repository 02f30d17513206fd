"""What is wrong with the end of one trial."""

from runtime.authoring.advice import advice_on
from runtime.authoring.trials.trial import Trial
from runtime.worker.child.messages import Done, Failed


def fault_of(trial: Trial) -> str | None:
    """Return the fault in words, None for a result and for an input that is refused as it should be."""
    match trial.reply:
        case Done():
            return None
        case Failed("input_unsupported", _) if trial.seen.raised == "UnsupportedInput":
            return None if trial.seen.said else "it raises UnsupportedInput without a sentence for the client"
        case Failed("algorithm_failed", message):
            reason = message.removeprefix("The algorithm ")
            way = advice_on(trial) or "raise UnsupportedInput for what it cannot take"
            return f"it {reason} ({trial.seen.where}); {way}"
        case reply:
            return reply.message
