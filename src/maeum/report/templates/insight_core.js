// What everything here uses: the data, the words, elements, numbers, colours.
// Titles and reviews were written by strangers: text reaches the page as text nodes only, never as HTML.

const data = JSON.parse(document.getElementById("data").textContent);
const hasEmotions = data.emotions.length > 0;

const state = {
  lang: data.lang,
  title: -1,
  emotion: null,
  line: -1,
  carrier: null,
  allBars: false,
  query: "",
  show: "all",
  sort: "reviews",
  descending: true,
  page: 0,
  left: -1,
  right: -1,
};

/** A sentence of the page in the current language; `{name}` stands for a value. */
function say(key, values = {}) {
  const sentence = data.words[state.lang][key];
  return sentence.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

/** A name given as {ko, en} in the current language. */
const named = (names) => names[state.lang] || names.ko;

/** An HTML element; `on…` attributes are listeners, null and undefined ones are left out. */
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, part] of Object.entries(value)) element.style.setProperty(key, part);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const byId = (id) => document.getElementById(id);
const isKnown = (value) => value !== null && value !== undefined;
const NONE = "–";

const count = (value) => (isKnown(value) ? value.toLocaleString(state.lang) : NONE);

/** Shares lie in the data as thousandths. */
const share = (value) => (isKnown(value) ? value / 1000 : null);

function percent(value, digits = 0) {
  if (!isKnown(value)) return NONE;
  return (100 * value).toFixed(digits) + (state.lang === "ko" ? "%" : "\u00a0%");
}

/** `61~68%` or `61–68 %`. */
function range(low, high) {
  if (!isKnown(low) || !isKnown(high)) return "";
  const dash = state.lang === "ko" ? "~" : "–";
  return (100 * low).toFixed(0) + dash + percent(high);
}

const decimal = (value, digits = 2) => (isKnown(value) ? value.toFixed(digits) : NONE);

/** Difference in percentage points with a real minus sign. */
function points(value) {
  const text = Math.abs(100 * value).toFixed(0);
  const sign = text === "0" ? "" : value < 0 ? "\u2212" : "+";
  return sign + text + (state.lang === "ko" ? "%p" : "\u00a0pp");
}

/** The colour of a valence in [-1, 1]: one scale for every emotion on the page. */
function tint(valence) {
  const side = valence < 0 ? "var(--negative)" : "var(--positive)";
  const strength = Math.round(100 * Math.min(1, Math.abs(valence)));
  return `color-mix(in oklab, ${side} ${strength}%, var(--neutral))`;
}

const undrawn = [];

/** A chart that is drawn again whenever its width changes, so that its letters keep their size. */
function chart(draw) {
  const box = el("div", { class: "chart" });
  let drawn = 0;
  const redraw = () => {
    const width = Math.floor(box.clientWidth);
    if (width > 0 && width !== drawn) {
      drawn = width;
      box.replaceChildren(draw(width));
    }
  };
  new ResizeObserver(redraw).observe(box);
  undrawn.push(redraw);
  return box;
}

/** Put elements into a place and draw their charts at once: whoever scrolls next must find the page at its full height. */
function place(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== ""));
  for (const redraw of undrawn.splice(0)) redraw();
}

/** How wide a text is, in em: Hangul fills a square, Latin letters about half of one. */
const ems = (text) => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e7f ? 0.93 : 0.55), 0);

/** A text cut to `room` pixels at letters of `size` pixels. */
function cut(text, room, size = 13) {
  let shown = [...text];
  if (ems(text) * size <= room) return text;
  while (shown.length > 1 && (ems(shown.join("")) + 0.9) * size > room) shown.pop();
  return shown.join("") + "…";
}
