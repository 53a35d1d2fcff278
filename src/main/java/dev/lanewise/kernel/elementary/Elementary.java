package dev.lanewise.kernel.elementary;

/// The elementary functions that kernels know by name, besides eˣ and erf.
///
/// | kind  | f(z)       | at −∞ | at −0 | at +0 | at +∞ | else NaN                |
/// |-------|------------|-------|-------|-------|-------|-------------------------|
/// | LOG   | log z      | NaN   | −∞    | −∞    | ∞     | below 0                 |
/// | LOG1P | log(1 + z) | NaN   | −0    | 0     | ∞     | below −1; −∞ at −1      |
/// | EXPM1 | eᶻ − 1     | −1    | −0    | 0     | ∞     | –                       |
/// | SIN   | sin z      | NaN   | −0    | 0     | NaN   | –                       |
/// | COS   | cos z      | NaN   | 1     | 1     | NaN   | –                       |
public enum Elementary {
  LOG, LOG1P, EXPM1, SIN, COS
}
