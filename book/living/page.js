// The page: controls, what they choose, and the pictures of it.

import { arithmetic } from "living/arithmetic";
import { load } from "living/data";
import { predicted } from "living/minimizer";
import { drawPlane } from "living/plane";
import { approximately, rational } from "living/rational";
import { predictedReturn, train } from "living/run";
import { drawSeries } from "living/series";
import { PRESETS, USUAL, fromAddress, toAddress } from "living/settings";
import { movedTo, startOf } from "living/start";
import { at as toldAt, told } from "living/words";

const PRECISIONS = ["float32", "float64", "11", "17", "24", "32", "53", "80", "113", "160", "200", "256", "400", "600", "1000"];
const MOST_STEPS = 10000;
const SLICE = 24;  // milliseconds of work before the page answers again
const get = (name) => document.getElementById(`living-${name}`);
const PLAIN = ["data", "depth", "threshold", "v", "steps", "a", "pa", "ba", "b", "pb", "bb"];

class Page {
  constructor(images) {
    this.images = images;
    this.turn = 0;
    for (const name of ["pa", "pb"]) {
      for (const value of PRECISIONS) get(name).append(new Option(/float/.test(value) ? value : `${value} bits`, value));
    }
    get("preset").append(new Option("\u2013", ""), ...PRESETS.map(({ name }, i) => new Option(name, String(i))));
    this.listen();
    this.choose(fromAddress(location.hash));
  }

  listen() {
    for (const name of PLAIN) get(name).addEventListener("change", () => this.choose({ ...this.settings, ...this.ofForm(name) }));
    get("size").addEventListener("change", () => this.move(Number(get("size").value), this.start.layer));
    get("table").addEventListener("change", () => this.choose(this.settings));
    get("preset").addEventListener("change", () => get("preset").value && this.choose(PRESETS[get("preset").value].settings));
    get("eta-range").addEventListener("input", () => this.choose({ ...this.settings, threshold: this.thresholdOf(get("eta-range").value) }));
    get("imbalance-range").addEventListener("input", () => this.unbalance(Number(get("imbalance-range").value) / 100));
    get("at").addEventListener("input", () => this.look(Number(get("at").value)));
    get("share").addEventListener("click", () => this.share());
    document.querySelector("form.living-controls").addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", () => {
      if (location.hash.slice(1) !== toAddress(this.settings)) this.choose(fromAddress(location.hash));
    });
    get("series").addEventListener("pointerdown", (event) => this.pick(event));
    get("series").addEventListener("pointermove", (event) => event.buttons && this.pick(event));
    get("plane").addEventListener("pointerdown", (event) => event.target.classList.contains("living-start") && this.drag(event));
    get("plane").addEventListener("keydown", (event) => this.nudge(event));
  }

  /** What changes with one control: new data begin where they can. */
  ofForm(name) {
    const changed = { [name]: get(name).value.trim() };
    if (name === "data") {
      const two = changed.data.startsWith("minimal");
      Object.assign(changed, two ? { c: USUAL.c, size: "", v: USUAL.v, threshold: USUAL.threshold } : { c: "", size: "0.5", v: "0.5", threshold: "auto" });
    }
    return changed;
  }

  /** Take settings: fill the controls, tell the address, run. */
  choose(settings) {
    this.settings = settings;
    try {
      const key = settings.data + (settings.data === "table" ? get("table").value : "");
      get("table").closest("label").hidden = settings.data !== "table";
      if (key !== this.key) [this.data, this.key] = [load(settings.data, get("table").value, this.images), key];
      if (settings.threshold === "auto") settings.threshold = String(Number((0.7 * predicted(this.data, Number(settings.depth))).toPrecision(2)));
      this.start = startOf(settings, this.data);
      this.eta = 2 / approximately(rational(settings.threshold));
      this.steps = Number(settings.steps);
      if (!(this.eta > 0 && Number.isFinite(this.eta))) throw new Error("2/\u03b7 is a positive number");
      if (!Number.isInteger(this.steps) || this.steps < 1 || this.steps > MOST_STEPS) throw new Error(`the steps are a whole number from 1 to ${MOST_STEPS}`);
      for (const [rule, numbers] of [[settings.a, settings.pa], [settings.b, settings.pb]]) {
        if (!["gd", "sgd", "flow", "none"].includes(rule)) throw new Error(`there is no rule '${rule}'`);
        arithmetic(numbers);
      }
      for (const batch of [settings.ba, settings.bb]) {
        if (!(Number.isInteger(Number(batch)) && batch >= 1)) throw new Error("a batch is a whole number of samples, at least 1");
      }
    } catch (error) {
      get("words").textContent = `Not run: ${error.message}.`;
      this.fill();
      return;
    }
    this.at = settings.at === "" ? null : Math.min(Number(settings.at), this.steps);
    this.fill();
    this.tellAddress();
    this.run();
  }

  fill() {
    for (const name of PLAIN) {
      const control = get(name);
      const value = this.settings[name];
      if (control.tagName === "SELECT" && ![...control.options].some((option) => option.value === value)) control.append(new Option(value, value));
      control.value = value;
    }
    if (!this.start) return;
    get("size").value = String(Number(this.start.size.toPrecision(4)));
    get("eta").textContent = `\u03b7 = ${this.eta.toPrecision(4)}`;
    get("imbalance").textContent = `C = ${(this.start.size ** 2 - this.start.layer ** 2).toPrecision(3)}`;
    this.middle ??= this.eta;
    get("eta-range").setAttribute("aria-valuetext", `\u03b7 = ${this.eta.toPrecision(4)}`);
    if (document.activeElement !== get("eta-range")) [this.middle, get("eta-range").value] = [this.eta, 0];
    if (document.activeElement !== get("imbalance-range")) {
      this.product = this.start.size * this.start.layer;
      get("imbalance-range").value = String(Math.round(50 * Math.log(this.start.size / Math.max(this.start.layer, 1e-9))));
    }
    const preset = PRESETS.findIndex((one) => toAddress(one.settings) === toAddress({ ...this.settings, at: "" }));
    get("preset").value = preset < 0 ? "" : String(preset);
    get("look").textContent = preset < 0 ? "" : PRESETS[preset].look;
    get("at").max = String(this.steps);
    get("at").value = String(this.at ?? this.steps);
    for (const [rule, batch] of [["a", "ba"], ["b", "bb"]]) get(batch).closest("label").hidden = this.settings[rule] !== "sgd";
    get("pb").disabled = this.settings.b === "none";
  }

  thresholdOf(place) {
    return String(Number((2 / (this.middle * 2 ** (place / 100))).toPrecision(3)));
  }

  /** Another imbalance with the same product of the layers. */
  unbalance(place) {
    const ratio = Math.exp(2 * place);
    this.move(Math.sqrt(this.product * ratio), Math.sqrt(this.product / ratio));
  }

  move(size, layer) {
    if (size > 0 && Number.isFinite(layer)) this.choose(movedTo(this.settings, this.start, size, layer));
    else this.fill();
  }

  tellAddress() {
    const hash = toAddress(this.settings);
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  /** Train both runs side by side, a slice at a time; whatever was running stops. */
  async run() {
    const turn = ++this.turn;
    const { settings } = this;
    const shared = { depth: Number(settings.depth), step: stepOf(settings.threshold), steps: this.steps, seed: Number(settings.seed) };
    const chosen = [["a", settings.a, settings.pa, settings.ba], ["b", settings.b, settings.pb, settings.bb]].filter(([, kind]) => kind !== "none");
    const trainings = chosen.map(([name, kind, precision, batch]) => ({
      name, forecast: null, done: false,
      steps: train(this.data, this.start, { ...shared, kind, precision, batch: Math.min(Number(batch), this.data.samples) }),
    }));
    get("words").setAttribute("aria-busy", "true");
    let until = performance.now() + SLICE;
    while (trainings.some(({ done }) => !done)) {
      for (const training of trainings) {
        if (training.done) continue;
        const next = training.steps.next();
        if (next.done) training.done = true;
        else training.run = next.value;
      }
      if (performance.now() > until) {
        this.show(trainings);
        await new Promise((resolve) => setTimeout(resolve));
        if (turn !== this.turn) return;
        until = performance.now() + SLICE;
      }
    }
    this.forecast(trainings);
    this.show(trainings);
    get("words").replaceChildren(...trainings.map((one) => Object.assign(document.createElement("p"), { textContent: told(one, this.eta) })));
    get("words").removeAttribute("aria-busy");
    document.getElementById("living").dataset.ready = String(turn);
  }

  /** Foretell each run of descent from the one of most bits, which rounding disturbs last. */
  forecast(runs) {
    const descents = runs.filter(({ run }) => run.setting.kind === "gd");
    const finest = descents.reduce((best, one) => (!best || one.run.model.a.bits > best.run.model.a.bits ? one : best), null);
    for (const one of descents) one.forecast = predictedReturn(finest.run, this.eta, one.run.model.a.bits);
  }

  show(runs) {
    this.runs = runs.filter(({ run }) => run && run.sharpness.length);
    const depth = Number(this.settings.depth);
    const shown = { runs: this.runs, eta: this.eta, steps: this.steps, at: this.at };
    this.stepAt = drawSeries(get("series"), { ...shown, predicted: predicted(this.data, depth) });
    this.plane = drawPlane(get("plane"), { ...shown, data: this.data, depth, start: this.start });
    const lines = this.runs.map(({ name, run }) => `${name.toUpperCase()}: ${toldAt(run, this.at ?? this.steps)}`);
    get("now").textContent = lines.join(" ");
    get("at").setAttribute("aria-valuetext", lines.join(" "));
  }

  look(step) {
    this.at = Math.max(0, Math.min(step, this.steps));
    this.settings = { ...this.settings, at: String(this.at) };
    get("at").value = String(this.at);
    this.tellAddress();
    this.show(this.runs);
  }

  pick(event) {
    this.look(this.stepAt(point(get("series"), event).x));
  }

  drag(event) {
    const svg = get("plane");
    svg.setPointerCapture(event.pointerId);
    const { plane } = this;  // the scale stays while the start is dragged
    const to = (move) => {
      const { x, y } = point(svg, move);
      this.move(Math.min(Math.max(plane.size(x), 0.01 * plane.reach), plane.reach), Math.min(plane.layer(y), plane.reach));
    };
    svg.addEventListener("pointermove", to);
    svg.addEventListener("pointerup", () => svg.removeEventListener("pointermove", to), { once: true });
    event.preventDefault();
  }

  nudge(event) {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!by) return;
    event.preventDefault();
    const unit = this.plane.reach / 50;
    this.move(Math.max(unit, this.start.size + by[0] * unit), this.start.layer + by[1] * unit);
  }

  async share() {
    try {
      await navigator.clipboard.writeText(location.href);
      get("shared").textContent = "Copied.";
    } catch {
      get("shared").textContent = location.href;
    }
  }
}

/** eta as a quotient, exact: 2 over what was given for 2/eta. */
function stepOf(threshold) {
  const { top, bottom } = rational(threshold);
  return `${2n * bottom}/${top}`;
}

function point(svg, event) {
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return { x, y };
}

new Page(JSON.parse(document.getElementById("living-images").textContent));
