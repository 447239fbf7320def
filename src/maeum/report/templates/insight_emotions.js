// One emotion over all titles: the words and reviews that carry it, the titles where it is strongest.

function drawEmotions() {
  const body = byId("emotions-body");
  const pages = data.carriers.filter((page) => page.w.length || page.r.length || page.t.length);
  if (!pages.length) return place(body, note("carriers_none"));
  const order = [...pages].sort((one, other) => overallMean(other.e) - overallMean(one.e));
  const current = order.find((page) => page.e === state.carrier) || order[0];
  const parts = [wordsOf(current), titlesOf(current)].filter(Boolean);
  return place(
    body,
    emotionButtons(order.map((page) => page.e), current.e, chooseCarrier),
    parts.length ? el("div", { class: "two uneven" }, parts) : "",
    current.r.length ? part("reviews", null, reviewList(current.r, current.e)) : "",
  );
}

const overallMean = (emotion) => (emotion < 0 ? emotion : (data.whole.m || [])[emotion] || 0);

function chooseCarrier(emotion) {
  state.carrier = emotion;
  drawEmotions();
  byId("emotions-body").querySelector('[aria-pressed="true"]').focus({ preventScroll: true });
}

function emotionButtons(emotions, current, choose) {
  return el("div", { class: "chip-row", role: "group", "aria-label": say("choose_emotion") }, emotions.map((emotion) =>
    el("button", { type: "button", class: "chip-button", "aria-pressed": String(emotion === current), onclick: () => choose(emotion) }, emotionChip(emotion))));
}

function wordsOf(page) {
  if (!page.w.length) return "";
  return part("words", null, el("p", { class: "pieces" }, page.w.map((word) => el("span", {}, word))));
}

function titlesOf(page) {
  if (!page.t.length) return "";
  const rows = page.t.map(([k, mean]) => el("li", {}, titleButton(k), el("span", { class: "sub" }, percent(share(mean)))));
  return part("strongest_titles", null, el("ol", { class: "near" }, rows));
}

/** Reviews as [text, source, date, stars, positivity, number of the title, intensity]. */
function reviewList(reviews, emotion) {
  return el("ul", { class: "mistakes" }, reviews.map(([text, source, date, stars, positivity, title, intensity]) => {
    const strength = `${emotionName(emotion)} ${percent(share(intensity))}`;
    const other = emotion >= 0 && isKnown(positivity) ? `${say("axis_positivity")} ${percent(share(positivity))}` : "";
    const facts = [strength, other, isKnown(stars) ? say("stars_of", { stars }) : "", source, date].filter(Boolean).join(" · ");
    return el("li", {}, el("p", { class: "text" }, text), el("p", { class: "sub tight" }, isKnown(title) && title < data.titles.name.length ? [titleButton(title), " · "] : "", facts));
  }));
}
