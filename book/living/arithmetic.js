// One kind of number by its name: "float32", "float64", or a number of bits.

import { BigNumbers } from "living/big_numbers";
import { MachineNumbers } from "living/machine_numbers";

export function arithmetic(name) {
  return name === "float32" || name === "float64" ? new MachineNumbers(name) : new BigNumbers(Number(name));
}
