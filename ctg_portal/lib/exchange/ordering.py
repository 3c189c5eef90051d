"""The place of each row among those of the same parent, as the file gives it."""

from collections import defaultdict

from .stored import attname


def set_order(planned) -> None:
    """Give the rows of a planned table their `ordre`.

    Stored rows keep theirs as long as the file neither moves nor adds any. Where the file holds
    only some of the rows of a parent, what is new comes last and nothing else moves.
    """
    table = planned.table
    column = table.by_name[table.parent] if table.parent else None
    left = defaultdict(list)
    for row in planned.left:
        left[getattr(row, attname(table, column)) if column else None].append(row.ordre)
    groups = defaultdict(list)
    for one in planned.rows:
        groups[id(one.parent)].append(one)
    for group in groups.values():
        parent = group[0].parent
        _set_order_of(group, left.get(parent.pk if parent is not None else None, []))


def _set_order_of(group: list, left: list[int]) -> None:
    known = [one for one in group if not one.is_new]
    in_order = sorted(known, key=lambda one: (one.instance.ordre, one.instance.pk))
    moved = {id(one) for one, other in zip(known, in_order, strict=True) if one is not other}
    if left or (len(known) == len(group) and not moved):
        last = max([*left, *(one.instance.ordre for one in known), 0])
        for place, one in enumerate((one for one in group if one.is_new), start=last + 1):
            one.instance.ordre = place
        return
    for place, one in enumerate(group, start=1):
        if one.instance.ordre != place:
            one.instance.ordre = place
            (one.changes if id(one) in moved else one.quiet).add("ordre")
