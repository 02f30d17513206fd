"""A service as ECS and SQS run it, second by second, with the policy that AWS runs: `algorithms.scaling.decide`."""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from algorithms.declaration import Resources
from algorithms.scaling import AHEAD_SECONDS, Memory, Observation, decide
from bench.simulation.arrivals import Job

START = 60.0  # from the decision to a task that receives
SCHEDULE = 60.0
POKE_EVERY = 5.0  # the router's own limit
LOST_POKES = 0.2
PROTECT = 1.0  # from a received message to a protected task
IDLE = 5.0  # a task without a job is no longer protected after so long
STOP = 25.0  # a worker that is told to stop may finish in so long; a stack allows more than four times that
TICK = 1.0


@dataclass(eq=False)
class Task:
    """One task: nothing until it has started, then one job after another."""

    ready: float
    hand: deque[Job] = field(default_factory=deque[Job])
    until: float = 0.0
    received: float | None = None
    emptied: float = 0.0

    def protected(self, now: float) -> bool:
        """Whether ECS leaves it alone."""
        return self.received is not None and now >= self.received + PROTECT


@dataclass
class Outcome:
    """What came of it: what each job waited until it began, the seconds paid for, the busy tasks that were stopped."""

    waits: list[float] = field(default_factory=list[float])
    task_seconds: float = 0.0
    stopped: int = 0
    most: int = 0

    def late(self, share: float = 0.95) -> float:
        """Return what all but 1 - `share` of the jobs waited at most."""
        return sorted(self.waits)[int(share * (len(self.waits) - 1))]


class Simulation:
    """Jobs go in, an Outcome comes out."""

    def __init__(self, resources: Resources, seed: int) -> None:
        self._resources = resources
        self._chance = random.Random(seed)
        self._tasks: list[Task] = []
        self._queue = deque[Job]()
        self._desired = resources.min_tasks
        self._memory: Memory | None = None
        self._poked = -POKE_EVERY
        self._phase = self._chance.uniform(0, SCHEDULE)
        self.outcome = Outcome()

    def run(self, jobs: Sequence[Job]) -> Outcome:
        """Pass the time until the service is idle again."""
        coming, now, sweep = deque(jobs), 0.0, self._phase
        while coming or self._queue or len(self._tasks) > self._resources.min_tasks or self._busy():
            poke = False
            while coming and coming[0].sent <= now:
                self._queue.append(coming.popleft())
                if now - self._poked >= POKE_EVERY:
                    self._poked, poke = now, self._chance.random() >= LOST_POKES
            if poke or now >= sweep:
                sweep += SCHEDULE if now >= sweep else 0.0
                self._look(now, poked=poke)
            self._control(now)
            self._work(now)
            self.outcome.task_seconds += TICK * len(self._tasks)
            now += TICK
        return self.outcome

    def _busy(self) -> bool:
        return any(task.hand for task in self._tasks)

    def _look(self, now: float, *, poked: bool) -> None:
        in_flight = sum(len(task.hand) for task in self._tasks)
        running = sum(task.ready <= now for task in self._tasks)
        observation = Observation(max(len(self._queue), int(poked)), in_flight, running, self._desired)
        self._desired, self._memory = decide(self._resources, observation, self._memory, now)

    def _control(self, now: float) -> None:
        """Start and stop tasks as ECS does: those that are protected stay, whatever is desired."""
        while len(self._tasks) < self._desired:
            self._tasks.append(Task(now + START))
        self.outcome.most = max(self.outcome.most, len(self._tasks))
        free = [task for task in self._tasks if not task.protected(now)]
        self._chance.shuffle(free)
        for task in free[: max(0, len(self._tasks) - self._desired)]:
            self._tasks.remove(task)
            self._drain(task, now)

    def _drain(self, task: Task, now: float) -> None:
        """Have a task finish what it has begun, if there is time, and give back what it has not."""
        if task.hand and task.until - now > STOP:
            self.outcome.stopped += 1
        elif task.hand:
            self.outcome.task_seconds += task.until - now
            task.hand.popleft()
        self._queue.extendleft(reversed(task.hand))

    def _work(self, now: float) -> None:
        for task in self._tasks:
            if task.ready > now:
                continue
            while task.hand and task.until <= now:
                task.hand.popleft()
                if task.hand:
                    self._begin(task, max(task.until, now - TICK))
                else:
                    task.emptied = now
            typical = self._resources.typical_seconds
            ahead = (len(task.hand) - 1) * typical + max(0.0, min(typical, task.until - now)) if task.hand else 0.0
            while self._queue and ahead < AHEAD_SECONDS:
                task.hand.append(self._queue.popleft())
                task.received = now if task.received is None else task.received
                ahead += typical
                if len(task.hand) == 1:
                    self._begin(task, now)
            if not task.hand and task.received is not None and now - task.emptied >= IDLE:
                task.received = None

    def _begin(self, task: Task, now: float) -> None:
        job = task.hand[0]
        self.outcome.waits.append(max(0.0, now - job.sent))
        task.until = now + job.takes
