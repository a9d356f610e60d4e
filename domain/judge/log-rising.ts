/**
 * ln(Γ(a + x) / Γ(a)): for whole x the logarithm of a (a+1) ... (a+x-1). By Stirling's series for the *difference*, since the
 * two logarithms of a billion events would leave no digits; error below 1e-12 of the result's size.
 */
export function logRising(a: number, x: number): number {
  let below = 0;
  let from = a;
  // The series needs large arguments: small ones are multiplied up, one by one, on both sides.
  for (; from < seriesFrom; from += 1) below += Math.log((from + x) / from);
  return (
    (from - 0.5) * Math.log1p(x / from) + x * (Math.log(from + x) - 1) + tail(from + x) - tail(from) - below
  );
}

const seriesFrom = 12;

function tail(z: number): number {
  const square = 1 / (z * z);
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / z;
}
