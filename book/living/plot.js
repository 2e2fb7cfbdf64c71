// Axes and curves in SVG.

const SPACE = "http://www.w3.org/2000/svg";

export function draw(parent, name, attributes, text) {
  const element = document.createElementNS(SPACE, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

export function ticks(low, high, most = 5) {
  const size = 10 ** Math.floor(Math.log10(high - low));
  const gap = [0.1, 0.2, 0.5, 1, 2, 5, 10].map((m) => m * size).find((g) => (high - low) / g <= most);
  const found = [];
  for (let at = Math.ceil(low / gap - 1e-9) * gap; at <= high + 1e-9 * gap; at += gap) found.push(Number(at.toPrecision(6)));
  return found;
}

/** A frame with ticks; gives where a point of the data lies in it. */
export function frame(svg, box, x, y, title, xTitle) {
  const place = {
    x: (value) => box.left + ((box.right - box.left) * (value - x.low)) / (x.high - x.low),
    y: (value) => box.bottom - ((box.bottom - box.top) * (value - y.low)) / (y.high - y.low),
    box,
  };
  for (const tick of ticks(y.low, y.high)) {
    draw(svg, "line", { x1: box.left, x2: box.right, y1: place.y(tick), y2: place.y(tick), class: "living-grid" });
    draw(svg, "text", { x: box.left - 6, y: place.y(tick) + 4, "text-anchor": "end" }, String(tick).replace("-", "\u2212"));
  }
  for (const tick of ticks(x.low, x.high)) {
    draw(svg, "line", { x1: place.x(tick), x2: place.x(tick), y1: box.top, y2: box.bottom, class: "living-grid" });
    draw(svg, "text", { x: place.x(tick), y: box.bottom + 16, "text-anchor": "middle" }, String(tick).replace("-", "\u2212"));
  }
  draw(svg, "text", { x: box.left, y: box.top - 8, class: "living-title" }, title);
  if (xTitle) draw(svg, "text", { x: box.right, y: box.bottom + 32, "text-anchor": "end" }, xTitle);
  return place;
}

/** A curve through points, kept to the frame; a gap where a value is none. */
export function curve(svg, place, xs, ys, kind) {
  const { top, bottom } = place.box;
  let path = "";
  let pen = false;
  for (let i = 0; i < xs.length; i++) {
    const [px, py] = [place.x(xs[i]), place.y(ys[i])];
    if (!Number.isFinite(px) || Number.isNaN(py)) {
      pen = false;
      continue;
    }
    path += `${pen ? "L" : "M"}${px.toFixed(1)} ${Math.min(Math.max(py, top - 4), bottom + 4).toFixed(1)}`;
    pen = true;
  }
  return draw(svg, "path", { d: path, class: kind });
}

/** A level line with its name at the left end. */
export function level(svg, place, value, name, kind) {
  const { left, right, top, bottom } = place.box;
  const y = place.y(value);
  if (!(y >= top && y <= bottom)) return;
  draw(svg, "line", { x1: left, x2: right, y1: y, y2: y, class: kind });
  draw(svg, "text", { x: left + 4, y: y - 5, class: "living-label" }, name);
}
