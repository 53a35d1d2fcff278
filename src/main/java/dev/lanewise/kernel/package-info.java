/// The arithmetic: gemm, elementwise functions, reductions. Not exported; reached through `dev.lanewise.Ops`.
///
/// Sources named `Double…` are written by hand; their `Float…` twins are derived at build time by
/// `src/build/Specialise.java`, except where both precisions need their own: lanes and polynomial coefficients.
package dev.lanewise.kernel;
