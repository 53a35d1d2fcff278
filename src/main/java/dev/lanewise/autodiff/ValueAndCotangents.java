package dev.lanewise.autodiff;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;

/// y = f(x, θ) and one pull.
///
/// @param value y
/// @param xBar x̄ = J_xᵀ·ȳ, of x's shape
/// @param thetaBar θ̄ = J_θᵀ·ȳ
public record ValueAndCotangents(Tensor value, Tensor xBar, Parameters thetaBar) {}
