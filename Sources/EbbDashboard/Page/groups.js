// Clients by the values of one attribute, as tables that follow the filter.

/** `{ axis, element }` of the table of groups, and of the one that lays their make-up side by side. */
const groupTables = { groups: null, compositions: null };

function groupsTable(block) {
  groupTables.groups = { axis: block.axis, element: tableOf({ ...block.table, rows: [] }) };
  return groupTables.groups.element;
}

const presentValues = (axis) => texts.axes[axis].values.map((_, value) => value).filter((value) => cube.present[axis][value] > 0);
const shareOf = (part, all) => (all > 0 ? part / all : null);

/** Groups laid side by side: clients whose group is not told are none where the study counts the others. */
function comparedGroups(axis) {
  const hidden = cube.exact[axis] ? cube.named[axis] : cube.sizes[axis];
  return presentValues(axis).filter((value) => value < hidden);
}

function compositionsTable(block) {
  const columns = comparedGroups(block.axis).map((value) => ({ title: texts.axes[block.axis].title + ': ' + texts.axes[block.axis].values[value], unit: 'share' }));
  groupTables.compositions = { axis: block.axis, element: tableOf({ ...block.table, columns: [...block.table.columns, ...columns], rows: [] }) };
  return groupTables.compositions.element;
}

function updateGroups() {
  const { groups, compositions } = groupTables;
  if (groups && !groups.element.closest('[hidden]')) groups.element.setRows(groupRows(groups.axis));
  if (compositions && !compositions.element.closest('[hidden]')) compositions.element.setRows(compositionRows(compositions.axis));
}

function groupRows(axis) {
  const { n, churned } = aggregated.byAxis[axis];
  const held = cube.balance ? balanceBy(axis) : null;
  const clients = sumOf(n);
  const balance = held ? sumOf(held) : 0;
  return presentValues(axis).filter((value) => n[value] > 0 || chosen.size > 0).map((value) => {
    const rate = shareOf(churned[value], n[value]);
    return [texts.axes[axis].values[value], n[value], shareOf(n[value], clients), churned[value], rate, rate === null ? null : wilson(churned[value], n[value]),
      ...(held ? [held[value], shareOf(held[value], balance)] : [])];
  });
}

/**
 * Of each group's clients, the share that has a level: the rate first, then level by level of every other attribute. All
 * clients are told as the study counts them; where it does not and the cells leave levels out, they are left to a filter.
 */
function compositionRows(axis) {
  const { n, churned } = aggregated.byAxis[axis];
  const groups = comparedGroups(axis);
  const rows = [[word('churnRate'), ...groups.map((group) => shareOf(churned[group], n[group]))]];
  for (let other = 0; other < cube.axes.length; other++) {
    if (other === axis) continue;
    const width = cube.sizes[other];
    const pair = chosen.size === 0 ? exactPair([axis, other]) : null;
    const counts = pair ? pair.n : countBoth(axis, other);
    const all = pair ? n : aggregated.byCells[axis].n;
    const isPooled = (value) => value >= cube.named[other];
    if (!pair && chosen.size === 0 && cube.exact[axis] && presentValues(other).some(isPooled)) continue;
    // A group of which a few clients' level is not told has no share that is the study's.
    const isTold = groups.map((group) => !pair || sumOf(counts.slice(group * width, group * width + cube.named[other])) === all[group]);
    if (!isTold.includes(true)) continue;
    for (const value of presentValues(other)) {
      const shares = groups.map((group, place) => (isTold[place] ? shareOf(counts[group * width + value], all[group]) : null));
      if (isPooled(value) && shares.every((share) => !share)) continue;
      rows.push([texts.axes[other].title + ': ' + texts.axes[other].values[value], ...shares]);
    }
  }
  return rows;
}
