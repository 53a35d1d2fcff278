package dev.lanewise.autodiff;

import dev.lanewise.Tensor;

/// y = f(x, θ) and one push.
///
/// @param value y
/// @param tangent ẏ = J_x·ẋ, of y's shape
public record ValueAndTangent(Tensor value, Tensor tangent) {}
