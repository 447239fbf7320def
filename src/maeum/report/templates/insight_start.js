// The whole page: both maps, the language, the start.

const MAX_SPOTS = 3000;

/** The titles that are points on a map: those with values on both axes, the most reviewed first. */
function spotsOf(xs, ys, colour) {
  const { titles } = data;
  const known = titles.name.map((_, k) => k).filter((k) => titles.enough[k] && isKnown(xs(k)) && isKnown(ys(k)));
  known.sort((a, b) => titles.used[b] - titles.used[a]);
  return known.slice(0, MAX_SPOTS).map((k) => ({ x: xs(k), y: ys(k), title: k, used: titles.used[k], colour: colour(k) }));
}

const positivityOf = (k) => share(data.titles.positivity[k]);
const spotColour = (k) => tint(2 * positivityOf(k) - 1);

function drawMaps() {
  const { positivity, dark, stars } = data.titles;
  drawMap("map-chart", (k) => share(dark[k]), positivity && dark, emotionMap);
  drawMap("stars-chart", positivityOf, positivity && stars, starsMap);
}

function drawMap(id, ys, needed, make) {
  if (!byId(id) || !needed) return;
  const enough = data.titles.enough.reduce((sum, one) => sum + one, 0);
  const left = enough > MAX_SPOTS ? el("p", { class: "sub" }, say("map_cut", { shown: count(MAX_SPOTS), all: count(enough) })) : "";
  place(byId(id), make(ys), left);
}

const shareAxis = (name, to = 1) => ({ from: 0, to, name, text: (value) => percent(value) });

function emotionMap(ys) {
  const spots = spotsOf(positivityOf, ys, spotColour);
  if (!spots.length) return note("map_empty");
  const top = roundUp(Math.max(...spots.map((spot) => spot.y)), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1]);
  const corners = ["corner_dark_disliked", "corner_dark_liked", "corner_light_disliked", "corner_light_liked"].map((key) => say(key));
  const options = { xAxis: shareAxis(say("axis_positivity")), yAxis: shareAxis(say("axis_dark"), top), corners, chosen: state.title, choose: openTitle };
  return chart((width) => scatter(width, spots, { ...options, label: say("map_label", { count: count(spots.length) }) }));
}

function starsMap(ys) {
  const spots = spotsOf((k) => data.titles.stars[k], ys, spotColour);
  if (!spots.length) return note("map_empty");
  const stars = spots.map((spot) => spot.x);
  const [from, to] = [Math.floor(Math.min(...stars)), Math.ceil(Math.max(...stars) + 1e-9)];
  const xAxis = { from, to, name: say("col_stars"), text: (value) => decimal(value, 1) };
  const options = { xAxis, yAxis: shareAxis(say("axis_positivity")), corners: [], chosen: state.title, choose: openTitle };
  return chart((width) => scatter(width, spots, { ...options, label: say("stars_label", { count: count(spots.length) }) }));
}

/** The sentences that were written beforehand, in the current language. */
function drawProse() {
  const prose = data.prose[state.lang];
  document.title = prose.title;
  byId("notes-part").hidden = !prose.lists.notes.length;
  for (const [id, text] of Object.entries(prose.texts)) if (byId(id)) byId(id).textContent = text;
  for (const [id, items] of Object.entries(prose.lists)) {
    if (byId(id)) byId(id).replaceChildren(...items.map(([kind, text]) => el("li", { class: kind || null }, text)));
  }
}

/** The short words that stand in the page itself. */
function drawWords() {
  document.documentElement.lang = state.lang;
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll("[data-say-label]")) element.setAttribute("aria-label", say(element.dataset.sayLabel));
  for (const element of document.querySelectorAll("[data-say-hint]")) element.placeholder = say(element.dataset.sayHint);
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
}

function drawAll() {
  drawWords();
  drawProse();
  drawTable();
  drawMaps();
  drawTitle();
  drawEmotions();
  drawComparison();
}

/** The title that the address names (`#t=기생충`); -1: all together. */
function addressed() {
  if (!location.hash.startsWith("#t=")) return -1;
  try {
    return data.titles.name.indexOf(decodeURIComponent(location.hash.slice(3)));
  } catch {
    return -1; // no text: nobody is asked for
  }
}

function start() {
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.addEventListener("click", () => {
      state.lang = button.dataset.lang;
      drawAll();
    });
  }
  window.addEventListener("hashchange", () => {
    const asked = addressed();
    if (asked >= 0) openTitle(asked);
  });
  startTable();
  startComparison();
  state.title = addressed();
  document.body.classList.add("ready");
  drawAll();
}

start();
