// One title: where it stands, its emotions, its sources, its time line, what carries each emotion, its neighbours.

const FEW_BARS = 12;
const LIKED = 600; // positivity in thousandths from which reviews are called positive
const DIVIDED = 400;
const SHAPES = 4;
const SOURCE_COLOURS = ["var(--source-1)", "var(--source-2)", "var(--source-3)", "var(--source-4)"];

/** The title that is open; -1 stands for all reviews together. */
const opened = () => (state.title < 0 ? data.whole : data.details[state.title]);
const nameOf = (k) => (k < 0 ? say("all_titles") : data.titles.name[k]);
const addressOf = (k) => (k < 0 ? "#title" : `#t=${encodeURIComponent(data.titles.name[k])}`);

function openTitle(k) {
  chooseTitle(k);
  history.replaceState(null, "", addressOf(k));
  byId("title").scrollIntoView();
  byId("title-name").focus({ preventScroll: true });
}

function chooseTitle(k) {
  state.title = k;
  state.emotion = null;
  state.line = -1;
  state.allBars = false;
  drawTitle();
  drawTable();
  drawMaps();
}

function drawTitle() {
  const about = opened();
  byId("title-name").textContent = nameOf(state.title);
  place(byId("title-body"), about ? titleParts(state.title, about) : withoutDetails(state.title));
}

const note = (key, values) => el("p", { class: "intro" }, say(key, values));

/** A part with its heading; nothing where there is nothing to show. */
function part(key, intro, ...children) {
  return el("div", { class: "part" }, el("h3", {}, say(key)), intro ? el("p", { class: "sub first" }, say(intro)) : "", children);
}

function withoutDetails(k) {
  const key = data.titles.enough[k] ? "details_left_out" : "few_of_title";
  return [backToAll(), figures(k, null), note(key, { reviews: count(data.titles.reviews[k]), least: count(data.least), kept: count(data.kept) })];
}

function titleParts(k, about) {
  const body = about.m ? el("div", { class: "two" }, emotionsRadar(about), axesPart(about)) : axesPart(about);
  return [
    k < 0 ? "" : backToAll(),
    k < 0 ? note("all_intro") : figures(k, about),
    body,
    about.m ? emotionBars(about) : "",
    timePart(about),
    sourcesPart(about),
    carriersPart(about),
    nearestPart(about),
  ];
}

function backToAll() {
  return el("p", { class: "back" }, el("button", { type: "button", class: "link", onclick: () => openTitle(-1) }, `← ${say("all_titles")}`));
}

/** The numbers of a title in one line. */
function figures(k, about) {
  const { titles } = data;
  const pairs = [
    ["col_reviews", count(titles.reviews[k])],
    ["col_used", count(titles.used[k])],
    titles.positivity ? ["col_positivity", percent(share(titles.positivity[k])), about && about.p ? range(share(about.p[1]), share(about.p[2])) : ""] : null,
    titles.stars ? ["col_stars", decimal(titles.stars[k])] : null,
    about && about.dates ? ["dates", about.dates.join(" – ")] : null,
  ];
  return el("dl", { class: "facts" }, pairs.filter(Boolean).map(([key, value, small]) =>
    el("div", {}, el("dt", {}, say(key)), el("dd", {}, value, small ? el("small", {}, ` (${small})`) : ""))));
}

function emotionsRadar(about) {
  const axes = data.basics.map((basic) => named(basic.name));
  const series = [{ name: nameOf(state.title), values: about.b.map(share), style: "first" }];
  return part("radar", "radar_intro", chart((width) => radar(width, axes, series)));
}

/** Positivity beside fear, sadness and shock: two questions, two axes. */
function axesPart(about) {
  const rows = [];
  if (about.p && isKnown(about.p[0])) rows.push([say("axis_positivity"), about.p, "var(--positive)"]);
  if (about.d) rows.push([say("axis_dark_of", { emotion: named(data.emotions[about.d[3]].name) }), about.d, "var(--dark)"]);
  if (!rows.length) return "";
  const verdict = rows.length > 1 && state.title >= 0 ? el("p", { class: "verdict" }, axesSentence(about)) : "";
  return part(rows.length > 1 ? "axes" : "axis_single", about.d ? "axes_intro" : null, rows.map((row) => gaugePart(...row)), verdict, coarsePart(about));
}

function gaugePart(name, [mean, low, high], colour) {
  const values = { mean: share(mean), low: share(low), high: share(high), colour };
  const head = el("p", { class: "gauge-head" }, el("span", {}, name), el("b", {}, percent(values.mean)));
  return el("div", { class: "gauge" }, head, chart((width) => gauge(width, { ...values, label: `${name} ${percent(values.mean)} ${range(values.low, values.high)}` })));
}

/** What the two axes say together, against the middle of all titles. */
function axesSentence(about) {
  const dark = about.d[0] >= data.middle.dark ? "dark" : "light";
  const liked = about.p[0] >= LIKED ? "liked" : about.p[0] >= DIVIDED ? "divided" : "disliked";
  return say(`${dark}_${liked}`, { middle: percent(share(data.middle.dark)) });
}

function coarsePart(about) {
  if (!about.k || !about.k.length) return "";
  const rows = data.coarse.map((one, at) => ({ name: named(one.name), mean: share(about.k[at]), colour: tint(one.valence) }));
  const label = rows.map((row) => `${row.name} ${percent(row.mean)}`).join(", ");
  return [el("h4", {}, say("coarse")), chart((width) => bars(width, rows, label)), el("p", { class: "sub tight" }, say("coarse_weak"))];
}

function emotionBars(about) {
  const order = data.emotions.map((_, e) => e).filter((e) => isKnown(about.m[e])).sort((a, b) => about.m[b] - about.m[a]);
  const shown = state.allBars ? order : order.slice(0, FEW_BARS);
  const rows = shown.map((e) => ({
    name: named(data.emotions[e].name),
    mean: share(about.m[e]),
    low: about.l ? share(about.l[e]) : null,
    high: about.h ? share(about.h[e]) : null,
    colour: tint(data.emotions[e].valence),
    mark: data.emotions[e].none,
  }));
  const label = rows.map((row) => `${row.name} ${percent(row.mean)}`).join(", ");
  const more = order.length > FEW_BARS
    ? el("button", { type: "button", class: "button", "aria-expanded": String(state.allBars), onclick: toggleBars }, say(state.allBars ? "bars_fewer" : "bars_all", { count: order.length }))
    : "";
  return part("bars", "bars_intro", valenceKey(), chart((width) => bars(width, rows, label)), more);
}

function toggleBars() {
  state.allBars = !state.allBars;
  drawTitle();
  byId("title-body").querySelector("[aria-expanded]").focus({ preventScroll: true });
}

function valenceKey() {
  return el("p", { class: "key-line", "aria-hidden": "true" },
    say("unpleasant"), el("span", { class: "ramp" }, [-1, -0.66, -0.33, 0, 0.33, 0.66, 1].map((v) => el("i", { style: { background: tint(v) } }))), say("pleasant"));
}

const FIXED = 6; // columns of the time line before those of single emotions

function timePart(about) {
  if (!about.t || about.t.length < 2) return "";
  const moments = about.t.map(([name, at, used]) => ({ name, at, used, few: used < data.least }));
  const series = timeSeries(about).filter((one) => one.values.some(isKnown));
  if (!series.length) return "";
  const label = series.map((one) => `${one.name}: ${moments.map((m, k) => `${m.name} ${percent(one.values[k])}`).join(", ")}`).join(". ");
  const keys = el("p", { class: "keys" }, series.map((one) => el("span", { class: `line-key ${one.style}` }, one.name)));
  return part("time", null, el("p", { class: "sub first" }, say("time_intro", { least: count(data.least) })),
    lineChoice(about), keys, chart((width) => timeLine(width, moments, series, label)));
}

function timeSeries(about) {
  const series = [
    { name: say("axis_positivity"), values: about.t.map((row) => share(row[3])), style: "positivity" },
    { name: say("axis_dark"), values: about.t.map((row) => share(row[4])), style: "dark" },
  ];
  if (state.line < 0 || !about.te || !about.te.includes(state.line)) return series;
  const column = FIXED + about.te.indexOf(state.line);
  return [...series, { name: named(data.emotions[state.line].name), values: about.t.map((row) => share(row[column])), style: "extra" }];
}

/** One more emotion on the time line. */
function lineChoice(about) {
  if (!about.te || !about.te.length) return "";
  const option = (value, text) => el("option", { value, selected: value === state.line }, text);
  const options = [option(-1, "–"), ...about.te.map((emotion) => option(emotion, named(data.emotions[emotion].name)))];
  const choose = (event) => {
    state.line = Number(event.target.value);
    drawTitle();
    byId("line-choice").focus({ preventScroll: true });
  };
  return el("p", { class: "choice" }, el("label", { for: "line-choice" }, say("one_more_line")), el("select", { id: "line-choice", onchange: choose }, options));
}

function sourcesPart(about) {
  if (!about.s || about.s.length < 2) return "";
  const heads = ["source", "col_reviews", "col_used", data.titles.positivity ? "col_positivity" : null, data.titles.stars ? "col_stars" : null, hasEmotions ? "col_dark" : null].filter(Boolean);
  const table = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("sources") },
    el("table", { class: "dense" },
      el("thead", {}, el("tr", {}, heads.map((key, at) => el("th", { scope: "col", class: at ? "n" : null }, say(key))))),
      el("tbody", {}, about.s.map((source) => sourceRow(source)))));
  return part("sources", "sources_intro", table, sourceDots(about.s.filter((source) => source.b).slice(0, SHAPES)), sourceDistance(about));
}

function sourceRow(source) {
  const numbers = [count(source.r), count(source.u)];
  if (data.titles.positivity) numbers.push(percent(share(source.p)));
  if (data.titles.stars) numbers.push(decimal(source.stars));
  if (hasEmotions) numbers.push(percent(share(source.d)));
  const badge = source.enough ? "" : el("span", { class: "badge" }, say("too_few"));
  return el("tr", { class: source.enough ? null : "few" }, el("th", { scope: "row" }, source.n, badge), numbers.map((text) => el("td", { class: "n" }, text)));
}

function sourceDots(sources) {
  if (sources.length < 2) return "";
  const series = sources.map((source, k) => ({ name: source.n, shape: k, colour: SOURCE_COLOURS[k] }));
  const rows = data.basics.map((basic, b) => ({ name: named(basic.name), values: sources.map((source) => share(source.b[b])) }));
  const label = rows.map((row) => `${row.name}: ${series.map((one, k) => `${one.name} ${percent(row.values[k])}`).join(", ")}`).join(". ");
  const keys = el("p", { class: "keys" }, series.map((one) =>
    el("span", { class: "mark-key" }, svg("svg", { width: 16, height: 16, "aria-hidden": "true" }, mark(8, 8, one)), one.name)));
  return [keys, chart((width) => dotRows(width, rows, series, label))];
}

function sourceDistance(about) {
  if (!about.sd || !about.sd.length) return "";
  return el("ul", { class: "plain-list sub" }, about.sd.map(([one, other, far]) => el("li", {}, say("source_distance", { one, other, distance: decimal(far, 3) }))));
}

/** The words of a title, and the reviews that carry an emotion in it; one emotion at a time. */
function carriersPart(about) {
  if (about.cut) return part("carriers", "carriers_left_out");
  const words = about.w ? part("words_of_title", "words_intro", el("p", { class: "pieces" }, about.w.map((word) => el("span", {}, word)))) : "";
  if (!about.c) return words;
  const current = about.c.find(([emotion]) => emotion === state.emotion) || about.c[0];
  const buttons = emotionButtons(about.c.map(([emotion]) => emotion), current[0], showEmotion);
  return [words, el("div", { class: "part", id: "carriers-of-title" }, el("h3", {}, say(hasEmotions ? "carriers" : "reviews")), hasEmotions ? el("p", { class: "sub first" }, say("carriers_intro")) : "",
    buttons, reviewList(current[1].map(([k, intensity]) => [...about.r[k], null, intensity]), current[0]))];
}

function showEmotion(emotion) {
  state.emotion = emotion;
  drawTitle();
  byId("carriers-of-title").querySelector('[aria-pressed="true"]').focus({ preventScroll: true });
}

function nearestPart(about) {
  if (!about.n || !about.n.length) return "";
  const items = about.n.map(([k, distance]) =>
    el("li", {}, titleButton(k), el("span", { class: "sub" }, decimal(distance, 3)),
      data.details[k] ? el("button", { type: "button", class: "button small", onclick: () => openComparison(state.title, k) }, say("compare_with")) : ""));
  return part("nearest", "nearest_intro", el("ol", { class: "near" }, items));
}
