/** Whether a PIN has 4 to 8 digits that not everybody would try first: the server's own rule, said before it is asked. */
export function isGoodPin(pin: string): boolean {
  if (!/^[0-9]{4,8}$/.test(pin)) return false;
  const digits = [...pin].map(Number);
  const steps = new Set(digits.slice(1).map((digit, place) => (digit - (digits[place] ?? 0) + 10) % 10));
  const [step] = steps;
  return steps.size > 1 || ![0, 1, 9].includes(step ?? 0);
}
