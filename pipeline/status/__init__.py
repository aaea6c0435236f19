"""Facts about segments, and ledgers → the state of every resource in every locale.

``state`` says how far a resource is, ``clock`` how long it took, ``waiting`` whose turn it is,
``queue`` what to do next, ``recording`` what its ledger should say once it is public. Nothing
is stored, and nothing here touches the disk.
"""

from pipeline.status.calendar import Calendar
from pipeline.status.clock import (
    Clock,
    Lateness,
    Milestone,
    Round,
    StepTime,
    find_first_approval,
    judge_lateness,
    run_clock,
)
from pipeline.status.queue import Task, count_people, rank_tasks
from pipeline.status.recording import live_events
from pipeline.status.state import (
    OpenTally,
    Outcome,
    ResourceState,
    Rulebook,
    Tally,
    TranslationState,
    derive_resource,
    derive_state,
)
from pipeline.status.table import LanguageState, by_need, is_wanted, resource_state
from pipeline.status.waiting import SegmentFact, Wait, Work, find_waits
from pipeline.status.wording import describe_clock, format_duration, name_role

__all__ = [
    "Calendar",
    "Clock",
    "LanguageState",
    "Lateness",
    "Milestone",
    "OpenTally",
    "Outcome",
    "ResourceState",
    "Round",
    "Rulebook",
    "SegmentFact",
    "StepTime",
    "Tally",
    "Task",
    "TranslationState",
    "Wait",
    "Work",
    "by_need",
    "count_people",
    "derive_resource",
    "derive_state",
    "describe_clock",
    "find_first_approval",
    "find_waits",
    "format_duration",
    "is_wanted",
    "judge_lateness",
    "live_events",
    "name_role",
    "rank_tasks",
    "resource_state",
    "run_clock",
]
