// Two titles beside each other.

const MAX_OPTIONS = 300;
const MAX_DIFFERENCES = 15;

function openComparison(one, other) {
  state.left = one;
  state.right = other;
  drawComparison();
  byId("compare").scrollIntoView();
  byId("compare-name").focus({ preventScroll: true });
}

/** Titles whose details are in the page, the most reviewed first. */
const comparable = Object.keys(data.details).map(Number).sort((a, b) => data.titles.reviews[b] - data.titles.reviews[a]);

function drawComparison() {
  for (const side of ["left", "right"]) drawChoice(side);
  const [one, other] = [state.left, state.right];
  const ready = one >= 0 && other >= 0 && one !== other;
  place(byId("compare-body"), ready ? comparisonParts(one, other) : note(comparable.length < 2 ? "compare_needs_two" : "compare_choose"));
}

function drawChoice(side) {
  const fits = matcher(byId(`filter-${side}`).value);
  const all = comparable.filter((k) => fits(found[k]) || k === state[side]);
  const option = (k) => el("option", { value: k, selected: k === state[side] }, data.titles.name[k]);
  const rest = all.length - MAX_OPTIONS;
  const shown = all.slice(0, MAX_OPTIONS);
  if (state[side] >= 0 && !shown.includes(state[side])) shown.unshift(state[side]);
  byId(`choose-${side}`).replaceChildren(...shown.map(option), ...(rest > 0 ? [el("option", { disabled: true }, say("options_more", { count: count(rest) }))] : []));
}

function comparisonParts(one, other) {
  const [a, b] = [data.details[one], data.details[other]];
  const names = [one, other].map((k) => data.titles.name[k]);
  const keys = el("p", { class: "keys" }, el("span", { class: "title-key first" }, names[0]), el("span", { class: "title-key second" }, names[1]));
  const table = comparedFigures(names, one, other);
  if (!a.m || !b.m) return [keys, table, note("no_emotions_here")];
  const axes = data.basics.map((basic) => named(basic.name));
  const series = [{ name: names[0], values: a.b.map(share), style: "first" }, { name: names[1], values: b.b.map(share), style: "second" }];
  return [
    keys,
    table,
    el("div", { class: "two" }, part("radar", null, chart((width) => radar(width, axes, series))), differencePart(names, a, b)),
  ];
}

function comparedFigures(names, one, other) {
  const { titles } = data;
  const rows = [
    ["col_used", (k) => count(titles.used[k])],
    titles.positivity ? ["col_positivity", (k) => withRange(data.details[k].p)] : null,
    titles.stars ? ["col_stars", (k) => decimal(titles.stars[k])] : null,
    data.details[one].d && data.details[other].d ? ["col_dark", (k) => withRange(data.details[k].d)] : null,
  ].filter(Boolean);
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("section_compare") }, el("table", { class: "dense" },
    el("thead", {}, el("tr", {}, el("td", {}), names.map((name) => el("th", { scope: "col", class: "n name" }, name)))),
    el("tbody", {}, rows.map(([key, text]) => el("tr", {}, el("th", { scope: "row" }, say(key)), [one, other].map((k) => el("td", { class: "n" }, text(k))))))));
}

const withRange = ([mean, low, high]) => `${percent(share(mean))}${isKnown(low) ? ` (${range(share(low), share(high))})` : ""}`;

/** The emotions that differ most, the first title minus the second; the interval joins the two bootstrap intervals. */
function differencePart(names, a, b) {
  const rows = data.emotions.flatMap((emotion, e) => {
    if (!isKnown(a.m[e]) || !isKnown(b.m[e])) return [];
    const value = share(a.m[e] - b.m[e]);
    const half = Math.hypot(halfWidth(a, e), halfWidth(b, e));
    return [{ name: named(emotion.name), value, low: value - half, high: value + half }];
  });
  rows.sort((one, other) => Math.abs(other.value) - Math.abs(one.value));
  const shown = rows.slice(0, MAX_DIFFERENCES);
  const label = shown.map((row) => `${row.name} ${points(row.value)}`).join(", ");
  const intro = el("p", { class: "sub first" }, say("differences_intro", { count: shown.length, one: names[0], other: names[1] }));
  return part("differences", null, intro, chart((width) => differences(width, shown, label)));
}

/** Half of a 95 % interval, as a share. */
const halfWidth = (about, e) => (about.l ? share(about.h[e] - about.l[e]) / 2 : 0);

function startComparison() {
  state.left = comparable[0] ?? -1;
  state.right = comparable[1] ?? -1;
  for (const side of ["left", "right"]) {
    byId(`filter-${side}`).addEventListener("input", () => {
      const first = comparable.find((k) => matcher(byId(`filter-${side}`).value)(found[k]));
      if (first !== undefined) state[side] = first;
      drawComparison();
    });
    byId(`choose-${side}`).addEventListener("change", (event) => {
      state[side] = Number(event.target.value);
      drawComparison();
    });
  }
}
