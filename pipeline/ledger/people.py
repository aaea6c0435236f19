"""Who stands for which role: distinct people for distinct roles.

Somebody who signs in two roles is one pair of eyes. So roles are matched with people, as in an
assignment: in their order, each takes a person from an earlier one only if that one has another.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from pipeline.workflow import Line, Role, SignOff

#: Handles and the time of the first sign-off of each, by role.
People = Mapping[Role, Mapping[str, str]]


def gather_people(
    lines: Iterable[Line], translators: Iterable[str] = ()
) -> dict[Role, dict[str, str]]:
    """Who has signed in which role, and first when.

    Args:
        lines: sign-offs of one unit, and events, which say nothing here.
        translators: others who have translated it, though no sign-off of theirs counts.
    """
    people: dict[Role, dict[str, str]] = {}
    for line in lines:
        if isinstance(line, SignOff):
            handles = people.setdefault(line.role, {})
            handles[line.handle] = min(line.time, handles.get(line.handle, line.time))
    # ISO 17100:2015, 5.3.3: the reviser is a person other than the translator.
    for handle in (*people.get(Role.TRANSLATOR, ()), *translators):
        people.get(Role.REVISER, {}).pop(handle, None)
    return people


def held_roles(roles: Iterable[Role], people: People, *, until: str = "") -> frozenset[Role]:
    """The roles for which somebody stands who stands for no other of them.

    Args:
        roles: roles, the most important first.
        people: who has signed in which.
        until: only sign-offs up to that time; empty for all.
    """
    known = tuple(roles)
    if not until and _are_apart(known, people):
        return frozenset(role for role in known if people.get(role))
    holder: dict[str, Role] = {}
    for role in known:
        _give(role, _until(people, until), holder, set())
    return frozenset(holder.values())


def time_held(roles: Sequence[Role], people: People) -> str:
    """The moment from which somebody stood for each role; empty if that has not come yet."""
    if not roles or len(held_roles(roles, people)) < len(roles):
        return ""
    if _are_apart(roles, people):
        return max(min(people[role].values()) for role in roles)
    times = sorted({time for role in roles for time in people[role].values()})
    # Once all are held they stay so: the first such time can be searched for by halves.
    first = bisect_left(
        times, 1, key=lambda time: len(held_roles(roles, people, until=time)) == len(roles)
    )
    return times[first]


def _are_apart(roles: Iterable[Role], people: People) -> bool:
    """Whether nobody has signed in two of the roles, as is nearly always so: nobody is moved."""
    handles = [handle for role in dict.fromkeys(roles) for handle in people.get(role, ())]
    return len(set(handles)) == len(handles)


def _until(people: People, time: str) -> People:
    if not time:
        return people
    return {
        role: {handle: first for handle, first in handles.items() if first <= time}
        for role, handles in people.items()
    }


def _give(role: Role, people: People, holder: dict[str, Role], tried: set[str]) -> bool:
    """Find a person for a role, moving others if need be (an augmenting path)."""
    for handle in people.get(role, {}):
        if handle in tried:
            continue
        tried.add(handle)
        if handle not in holder or _give(holder[handle], people, holder, tried):
            holder[handle] = role
            return True
    return False
