// The table of titles: search, filter, sort, pages.

const pageRows = () => (matchMedia("(max-width: 640px)").matches ? 10 : 25);
const found = data.titles.name.map(plain);
const initialsOrder = new Intl.Collator("ko", { numeric: true });

const columns = [
  { key: "name", head: "col_title" },
  { key: "reviews", head: "col_reviews", wide: true },
  { key: "used", head: "col_used" },
  { key: "positivity", head: "col_positivity", needs: "positivity" },
  { key: "stars", head: "col_stars", needs: "stars" },
  { key: "dark", head: "col_dark", needs: "dark", wide: true },
  { key: "strongest", head: "col_strongest", needs: "strongest", wide: true, fixed: true },
].filter((column) => !column.needs || data.titles[column.needs]);

/** The titles to be shown, in their order. */
function chosenTitles() {
  const fits = matcher(state.query);
  const wanted = { all: () => true, enough: (k) => data.titles.enough[k], few: (k) => !data.titles.enough[k] }[state.show];
  const chosen = found.flatMap((name, k) => (wanted(k) && fits(name) ? [k] : []));
  const values = data.titles[state.sort];
  const sign = state.descending ? -1 : 1;
  const compare = state.sort === "name" ? (a, b) => sign * initialsOrder.compare(values[a], values[b]) : (a, b) => unknownLast(values[a], values[b], sign);
  return chosen.sort(compare);
}

/** Unknown values stand at the end, however the column is sorted. */
function unknownLast(a, b, sign) {
  if (isKnown(a) && isKnown(b)) return sign * (a - b);
  return isKnown(b) - isKnown(a);
}

function drawTable() {
  const chosen = chosenTitles();
  const rows = pageRows();
  const pages = Math.max(1, Math.ceil(chosen.length / rows));
  state.page = Math.min(state.page, pages - 1);
  const shown = chosen.slice(state.page * rows, (state.page + 1) * rows);
  byId("titles-head").replaceChildren(el("tr", {}, columns.map(headCell)));
  byId("titles-body").replaceChildren(...(shown.length ? shown.map(titleRow) : [nothingFound()]));
  byId("titles-count").textContent = say("found", { found: count(chosen.length), all: count(found.length) });
  byId("titles-pages").replaceChildren(...pageButtons(pages));
}

function headCell(column) {
  const current = state.sort === column.key;
  const order = current ? (state.descending ? "descending" : "ascending") : null;
  const classes = [column.key === "name" || column.fixed ? "" : "n", column.wide ? "wide-only" : ""].join(" ").trim() || null;
  if (column.fixed) return el("th", { scope: "col", class: classes }, say(column.head));
  const arrow = el("span", { "aria-hidden": "true", class: "arrow" }, current ? (state.descending ? "▼" : "▲") : "↕");
  const button = el("button", { type: "button", class: "sort", onclick: () => sortBy(column.key) }, say(column.head), arrow);
  return el("th", { scope: "col", class: classes, "aria-sort": order }, button);
}

function sortBy(key) {
  state.descending = state.sort === key ? !state.descending : key !== "name";
  state.sort = key;
  state.page = 0;
  drawTable();
  const at = columns.findIndex((column) => column.key === key);
  byId("titles-head").querySelectorAll("th")[at].querySelector("button").focus();
}

function titleRow(k) {
  const enough = data.titles.enough[k];
  const row = el("tr", { class: [enough ? "" : "few", k === state.title ? "current" : ""].join(" ").trim() || null });
  row.append(el("th", { scope: "row" }, titleButton(k), enough ? "" : el("span", { class: "badge" }, say("too_few")), el("div", { class: "narrow-only chips" }, chips(k))));
  for (const column of columns.slice(1)) row.append(cell(column, k));
  return row;
}

function titleButton(k) {
  return el("button", { type: "button", class: "link", onclick: () => openTitle(k) }, data.titles.name[k]);
}

function cell(column, k) {
  const classes = ["n", column.wide ? "wide-only" : ""].join(" ").trim();
  const value = (data.titles[column.key] || [])[k];
  if (column.key === "strongest") return el("td", { class: "wide-only chips" }, chips(k));
  if (column.key === "stars") return el("td", { class: classes }, decimal(value));
  if (column.key === "reviews" || column.key === "used") return el("td", { class: classes }, count(value));
  const bar = el("span", { class: `bar ${column.key}`, style: { "--share": isKnown(value) ? share(value) : 0 } });
  return el("td", { class: `${classes} barred` }, bar, el("span", { class: "v" }, percent(share(value))));
}

/** The strongest emotions of a title as small labels in the colours of their valence. */
function chips(k) {
  const strongest = (data.titles.strongest || [])[k] || [];
  return strongest.map((emotion) => emotionChip(emotion));
}

function emotionChip(emotion) {
  return el("span", { class: "chip" }, el("i", { "aria-hidden": "true", style: { background: tint(valenceOf(emotion)) } }), emotionName(emotion));
}

/** Beside the emotions, -1 stands for positive and -2 for negative. */
const emotionName = (emotion) => (emotion < 0 ? say(emotion === -1 ? "positive" : "negative") : named(data.emotions[emotion].name));
const valenceOf = (emotion) => (emotion < 0 ? 2 * emotion + 3 : data.emotions[emotion].valence);

function nothingFound() {
  return el("tr", {}, el("td", { colspan: columns.length, class: "nothing" }, say("nothing_found", { query: state.query })));
}

function pageButtons(pages) {
  if (pages === 1) return [];
  const go = (by) => () => {
    state.page += by;
    drawTable();
    byId("titles-scroll").focus({ preventScroll: true });
  };
  return [
    el("button", { type: "button", class: "button", disabled: state.page === 0, onclick: go(-1) }, say("page_before")),
    el("span", {}, say("page_of", { page: count(state.page + 1), pages: count(pages) })),
    el("button", { type: "button", class: "button", disabled: state.page === pages - 1, onclick: go(1) }, say("page_next")),
  ];
}

function startTable() {
  byId("search").addEventListener("input", (event) => {
    state.query = event.target.value;
    state.page = 0;
    drawTable();
  });
  byId("show").addEventListener("change", (event) => {
    state.show = event.target.value;
    state.page = 0;
    drawTable();
  });
}
