// What a reader can choose, as plain texts, and its address: the part behind # tells all of it.

export const USUAL = {
  data: "minimal:100,5.477,0.233,0.3,1.414",
  depth: "2",
  threshold: "0.8",  // 2/eta
  steps: "600",
  size: "",  // ||u|| at the start; empty where c tells it
  c: "0.1,0.1",  // coefficients at the start; empty for a direction drawn from the seed
  v: "0.5",
  seed: "0",
  a: "gd",
  pa: "float32",
  ba: "10",
  b: "gd",
  pb: "256",
  bb: "10",
  at: "",  // the step that is looked at
};

/** The part of an address behind #, holding what differs from the usual. */
export function toAddress(settings) {
  const parts = Object.keys(USUAL).filter((key) => settings[key] !== USUAL[key]);
  return parts.map((key) => `${key}=${encodeURIComponent(settings[key]).replaceAll("%2C", ",").replaceAll("%3A", ":")}`).join("&");
}

/** The settings of an address; what it does not name, or names twice, is as usual. */
export function fromAddress(hash) {
  const found = { ...USUAL };
  for (const part of hash.replace(/^#/, "").split("&")) {
    const [key, value = ""] = part.split("=");
    if (key in USUAL) found[key] = decoded(value);
  }
  return found;
}

function decoded(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const LONG = { data: "gaussian:20,40,0", c: "", size: "0.5", v: "0.5" };

/** Runs worth a look, each with what to look for. */
export const PRESETS = [
  { name: "More bits, and the run blows up (as in Figure 28)", look: "In 24 bits the run survives its passage of 2/\u03b7. In 256 bits it passes 4/\u03b7 before rounding has grown back, and diverges." },
  { name: "Single and double precision (as in Figure 27)", look: "Each bit of precision delays the fall of the sharpness by the time in which the oscillation grows by one bit.", threshold: "1.2", pb: "float64", steps: "1000" },
  { name: "Oscillations that decay (as in Figure 6)", look: "Each spike lowers the ceiling, the dashed curve; no later peak passes it.", threshold: "0.9", steps: "2500", pa: "float64", b: "none" },
  { name: "Gradient flow keeps the imbalance (Theorem 4.3)", look: "The path is a hyperbola of constant imbalance. It ends on the curve of minimizers, with a sharpness between the two bounds.", a: "flow", pa: "float64", b: "none", steps: "1500", threshold: "2" },
  { name: "Gradient flow to a flatter minimizer", look: "Here a start of greater imbalance ends on a flatter minimizer. Drag the start to see it.", a: "flow", pa: "float64", b: "none", steps: "1500", threshold: "2", c: "0.1,4", v: "0.5" },
  { name: "Small batches (as in Figures 4 and 9)", look: "Where C ≤ 0 small batches raise the imbalance in the mean at least as much as all samples do (Theorem 5.9); here the run ends on a flatter minimizer.", ...LONG, threshold: "20", pa: "float64", b: "sgd", pb: "float64", bb: "2", steps: "1500" },
  { name: "Three layers, on handwritten digits", look: "The predicted sharpness grows with the number of layers where the difficulty of the data is above 1.", data: "digits:40", depth: "3", c: "", size: "0.3", v: "0.3", threshold: "60", pb: "float64", steps: "1500" },
].map((preset) => ({ ...preset, settings: { ...USUAL, ...Object.fromEntries(Object.entries(preset).filter(([key]) => key in USUAL)) } }));
