// Charts as plain SVG. Each is one picture to a screen reader, read aloud as its label.

const picture = (width, height, label, ...children) =>
  svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }, ...children);

const line = (x1, y1, x2, y2, name) => svg("line", { x1, y1, x2, y2, class: name });

const letter = (x, y, text, anchor = "start", name = "") =>
  svg("text", { x, y, "text-anchor": anchor, class: name }, text);

/** The first of a few round numbers that is not below `value`. */
const roundUp = (value, steps) => steps.find((step) => step >= value - 1e-9) || steps[steps.length - 1];

/**
 * A radar.
 * @param axes names, clockwise from the top
 * @param series [{name, values: shares or null, style: "first" | "second"}]
 */
function radar(width, axes, series) {
  const [middle, height] = [width / 2, Math.min(width, 470) * 0.88];
  const radius = height / 2 - 32;
  const top = roundUp(Math.max(...series.flatMap((one) => one.values.map((value) => value || 0))), [0.1, 0.2, 0.4, 0.6, 0.8, 1]);
  const at = (axis, value) => {
    const angle = (2 * Math.PI * axis) / axes.length - Math.PI / 2;
    return [middle + radius * value * Math.cos(angle), height / 2 + radius * value * Math.sin(angle)];
  };
  const ring = (value) => svg("polygon", { points: axes.map((_, axis) => at(axis, value).join()).join(" "), class: "grid" });
  const shape = (one) =>
    svg("polygon", {
      points: axes.map((_, axis) => at(axis, (one.values[axis] || 0) / top).map((x) => x.toFixed(1)).join()).join(" "),
      class: `shape ${one.style}`,
    });
  const label = series
    .map((one) => `${one.name}: ${axes.map((axis, k) => `${axis} ${percent(one.values[k])}`).join(", ")}`)
    .join(". ");
  return picture(width, height, label, [
    [0.5, 1].map(ring),
    axes.map((_, axis) => line(middle, height / 2, ...at(axis, 1), "grid")),
    series.map(shape),
    series.flatMap((one) => axes.map((_, axis) => {
      const [cx, cy] = at(axis, (one.values[axis] || 0) / top);
      return svg("circle", { cx, cy, r: 3, class: `dot ${one.style}` });
    })),
    [0.5, 1].map((value) => letter(middle + 4, height / 2 - radius * value + 12, percent(value * top), "start", "faint")),
    axes.map((axis, k) => axisName(axis, at(k, 1 + 14 / radius), middle)),
  ]);
}

function axisName(name, [x, y], middle) {
  const anchor = Math.abs(x - middle) < 8 ? "middle" : x > middle ? "start" : "end";
  return letter(x, y + 5, name, anchor, "axis");
}

/**
 * Horizontal bars from zero, with an interval on each.
 * @param rows [{name, mean, low, high, colour, mark}] shares
 */
function bars(width, rows, label) {
  const step = 27;
  const names = Math.min(210, Math.max(width * 0.38, 96));
  const numbers = 52;
  const room = width - names - numbers;
  const top = roundUp(Math.max(...rows.map((row) => row.high ?? row.mean ?? 0)), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1]);
  const x = (value) => names + (room * value) / top;
  const height = rows.length * step + 24;
  const drawn = rows.map((row, k) => barRow(row, k * step + step / 2, { x, names, width }));
  const ticks = [0, 0.5, 1].map((part) => [
    line(x(part * top), 0, x(part * top), height - 22, "grid"),
    letter(x(part * top), height - 6, percent(part * top), "middle", "faint"),
  ]);
  return picture(width, height, label, ticks, drawn);
}

function barRow(row, y, { x, names, width }) {
  const name = letter(0, y + 4.5, cut(row.name, names - 10), "start", row.mark ? "axis marked" : "axis");
  name.append(svg("title", {}, row.name));
  if (!isKnown(row.mean)) return [name, letter(width, y + 4.5, NONE, "end", "number")];
  const body = svg("rect", { x: x(0), y: y - 7, width: Math.max(0.5, x(row.mean) - x(0)), height: 14, rx: 3, style: { fill: row.colour } });
  const whisker = isKnown(row.low)
    ? svg("path", { d: `M${x(row.low)} ${y}H${x(row.high)}M${x(row.low)} ${y - 4}v8M${x(row.high)} ${y - 4}v8`, class: "whisker" })
    : "";
  return [name, body, whisker, letter(width, y + 4.5, percent(row.mean), "end", "number")];
}

/**
 * Bars to both sides of a middle line; pale where the interval holds zero.
 * @param rows [{name, value, low, high}] differences of shares
 */
function differences(width, rows, label) {
  const step = 27;
  const names = Math.min(210, Math.max(width * 0.36, 96));
  const numbers = 60;
  const reach = roundUp(Math.max(...rows.map((row) => Math.max(Math.abs(row.low), Math.abs(row.high)))), [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1]);
  const half = (width - names - numbers) / 2;
  const x = (value) => names + half + (half * value) / reach;
  const height = rows.length * step + 24;
  const grid = [-1, 0, 1].map((side) => [
    line(x(side * reach), 0, x(side * reach), height - 22, side ? "grid" : "grid strong"),
    letter(x(side * reach), height - 6, points(side * reach), "middle", "faint"),
  ]);
  const drawn = rows.map((row, k) => {
    const y = k * step + step / 2;
    const sure = row.low > 0 || row.high < 0;
    const side = row.value > 0 ? "first" : "second";
    return [
      letter(0, y + 4.5, cut(row.name, names - 10), "start", "axis"),
      svg("rect", { x: Math.min(x(0), x(row.value)), y: y - 7, width: Math.max(0.5, Math.abs(x(row.value) - x(0))), height: 14, rx: 3, class: `side ${side}${sure ? "" : " unsure"}` }),
      svg("path", { d: `M${x(row.low)} ${y}H${x(row.high)}`, class: "whisker" }),
      letter(width, y + 4.5, points(row.value), "end", "number"),
    ];
  });
  return picture(width, height, label, grid, drawn);
}

/**
 * Lines over time.
 * @param moments [{name, at: days, used}]
 * @param series [{name, values: shares or null, style}]
 */
function timeLine(width, moments, series, label) {
  const [left, right, top, bottom, height] = [40, 14, 12, 46, 260];
  const first = moments[0].at;
  const span = moments[moments.length - 1].at - first || 1;
  const x = (k) => (moments.length === 1 ? (left + width - right) / 2 : left + ((width - left - right) * (moments[k].at - first)) / span);
  const y = (value) => top + (height - top - bottom) * (1 - value);
  const most = Math.max(...moments.map((moment) => moment.used));
  const grid = [0, 0.25, 0.5, 0.75, 1].map((value) => [
    line(left, y(value), width - right, y(value), "grid"),
    value % 0.5 ? "" : letter(left - 8, y(value) + 4, percent(value), "end", "faint"),
  ]);
  const amounts = moments.map((moment, k) => {
    const tall = 12 * Math.sqrt(moment.used / most);
    return svg("rect", { x: x(k) - 2.5, y: height - bottom + 16 - tall, width: 5, height: tall, class: "amount" });
  });
  return picture(width, height, label, grid, amounts, series.map((one) => path(one, moments, x, y)), dates(moments, x, height, width));
}

function path(one, moments, x, y) {
  const known = moments.map((_, k) => k).filter((k) => isKnown(one.values[k]));
  const dots = known.map((k) => {
    const dot = svg("circle", { cx: x(k), cy: y(one.values[k]), r: moments[k].few ? 2.5 : 3.5, class: `dot ${one.style}${moments[k].few ? " few" : ""}` });
    dot.append(svg("title", {}, `${moments[k].name} · ${one.name} ${percent(one.values[k])} (${count(moments[k].used)})`));
    return dot;
  });
  const d = known.map((k, at) => `${at ? "L" : "M"}${x(k).toFixed(1)} ${y(one.values[k]).toFixed(1)}`).join("");
  return [svg("path", { d, class: `trace ${one.style}` }), dots];
}

/** As many dates as have room. */
function dates(moments, x, height, width) {
  let free = -Infinity;
  return moments.map((moment, k) => {
    const half = ems(moment.name) * 6.2;
    const place = Math.min(Math.max(x(k), half), width - half);
    if (place - half < free) return "";
    free = place + half + 14;
    return letter(place, height - 8, moment.name, "middle", "faint");
  });
}

/**
 * Points that name themselves under the pointer; a click chooses the nearest.
 * @param spots [{x, y, title, used}] in the units of the axes
 */
function scatter(width, spots, { xAxis, yAxis, corners, chosen, choose, label }) {
  const [left, right, top, bottom] = [44, 16, 30, 44];
  const height = Math.max(300, Math.min(460, width * 0.62));
  const x = (value) => left + ((width - left - right) * (value - xAxis.from)) / (xAxis.to - xAxis.from);
  const y = (value) => height - bottom - ((height - top - bottom) * (value - yAxis.from)) / (yAxis.to - yAxis.from);
  const placed = spots.map((spot) => ({ ...spot, px: x(spot.x), py: y(spot.y) }));
  const most = Math.max(...spots.map((spot) => spot.used));
  const size = (spot) => (spots.length > 400 ? 2.5 : 3.5) + 2.5 * Math.sqrt(spot.used / most);
  const dots = placed.map((spot) => svg("circle", { cx: spot.px.toFixed(1), cy: spot.py.toFixed(1), r: size(spot).toFixed(1), class: "spot", style: { fill: spot.colour } }));
  const flag = svg("g", { class: "flag" });
  const current = placed.find((spot) => spot.title === chosen);
  const show = (spot) => flag.replaceChildren(...(spot ? flagParts(spot, size(spot), width) : []));
  show(current);
  const nearest = (event) => {
    const box = drawn.getBoundingClientRect();
    const [ex, ey] = [event.clientX - box.left, event.clientY - box.top];
    const far = (spot) => Math.hypot(spot.px - ex, spot.py - ey);
    const best = placed.reduce((one, other) => (one && far(one) <= far(other) ? one : other), null);
    return best && far(best) < 28 ? best : null;
  };
  const drawn = picture(width, height, label, scatterFrame({ x, y, xAxis, yAxis, width, height, left, right, top, bottom }), dots, cornerNames(corners, { width, height, left, right, top, bottom }), flag);
  drawn.classList.add("choosable");
  drawn.addEventListener("pointermove", (event) => show(nearest(event) || current));
  drawn.addEventListener("pointerleave", () => show(current));
  drawn.addEventListener("click", (event) => {
    const spot = nearest(event);
    if (spot) choose(spot.title);
  });
  return drawn;
}

function flagParts(spot, size, width) {
  const name = cut(data.titles.name[spot.title], Math.min(260, width - 60));
  const half = ems(name) * 6.5 + 8;
  const place = Math.min(Math.max(spot.px, half), width - half);
  const above = spot.py > 48;
  const middle = spot.py + (above ? -size - 18 : size + 18);
  return [
    svg("circle", { cx: spot.px, cy: spot.py, r: size + 2.5, class: "ring" }),
    svg("rect", { x: place - half, y: middle - 12, width: 2 * half, height: 24, rx: 6, class: "plate" }),
    letter(place, middle + 4.5, name, "middle", "on-plate"),
  ];
}

function scatterFrame({ x, y, xAxis, yAxis, width, height, left, right, top, bottom }) {
  const ticks = (axis) => [0, 0.25, 0.5, 0.75, 1].map((part) => axis.from + part * (axis.to - axis.from));
  return [
    ticks(xAxis).map((value) => [line(x(value), top, x(value), height - bottom, "grid"), letter(x(value), height - bottom + 17, xAxis.text(value), "middle", "faint")]),
    ticks(yAxis).map((value) => [line(left, y(value), width - right, y(value), "grid"), letter(left - 7, y(value) + 4, yAxis.text(value), "end", "faint")]),
    letter((left + width - right) / 2, height - 6, `${xAxis.name} →`, "middle", "axis"),
    letter(4, 16, `↑ ${yAxis.name}`, "start", "axis"),
  ];
}

/** What each corner of a map means. */
function cornerNames(corners, { width, height, left, right, top, bottom }) {
  const room = (width - left - right) / 2 - 10;
  const places = [[left + 7, top + 16, "start"], [width - right - 7, top + 16, "end"], [left + 7, height - bottom - 9, "start"], [width - right - 7, height - bottom - 9, "end"]];
  return corners.map((text, at) => letter(places[at][0], places[at][1], cut(text, room, 12), places[at][2], "faint corner"));
}

/** One value on a scale of 0 to 100 %, with its interval. */
function gauge(width, { mean, low, high, colour, label }) {
  const y = 12;
  const room = width - 12;
  const x = (value) => 6 + room * value;
  return picture(width, 24, label, [
    svg("rect", { x: x(0), y: y - 5, width: room, height: 10, rx: 5, class: "rail" }),
    svg("rect", { x: x(0), y: y - 5, width: Math.max(1, room * mean), height: 10, rx: 5, style: { fill: colour } }),
    isKnown(low) ? svg("path", { d: `M${x(low)} ${y}H${x(high)}M${x(low)} ${y - 5}v10M${x(high)} ${y - 5}v10`, class: "whisker" }) : "",
  ]);
}

/**
 * Several values in each row, as dots on a line: sources side by side.
 * @param rows [{name, values: [share or null]}]
 * @param series [{name, colour, mark}]
 */
function dotRows(width, rows, series, label) {
  const step = 30;
  const names = Math.min(150, Math.max(width * 0.28, 80));
  const room = width - names - 16;
  const top = roundUp(Math.max(...rows.flatMap((row) => row.values.map((value) => value || 0))), [0.1, 0.2, 0.4, 0.6, 0.8, 1]);
  const x = (value) => names + (room * value) / top;
  const height = rows.length * step + 24;
  const ticks = [0, 0.5, 1].map((part) => [
    line(x(part * top), 0, x(part * top), height - 22, "grid"),
    letter(x(part * top), height - 6, percent(part * top), "middle", "faint"),
  ]);
  const drawn = rows.map((row, k) => {
    const y = k * step + step / 2;
    const known = row.values.filter(isKnown);
    return [
      letter(0, y + 4.5, cut(row.name, names - 8), "start", "axis"),
      known.length ? line(x(Math.min(...known)), y, x(Math.max(...known)), y, "link") : "",
      row.values.map((value, s) => (isKnown(value) ? mark(x(value), y, series[s]) : "")),
    ];
  });
  return picture(width, height, label, ticks, drawn);
}

/** Sources differ in shape as well as in colour. */
function mark(x, y, { shape, colour }) {
  const style = { fill: colour };
  if (shape === 1) return svg("rect", { x: x - 5, y: y - 5, width: 10, height: 10, class: "glyph", style });
  if (shape === 2) return svg("path", { d: `M${x} ${y - 7}l6.5 12h-13z`, class: "glyph", style });
  if (shape === 3) return svg("path", { d: `M${x} ${y - 7}l7 7l-7 7l-7-7z`, class: "glyph", style });
  return svg("circle", { cx: x, cy: y, r: 6, class: "glyph", style });
}
