package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import java.util.concurrent.atomic.AtomicBoolean;

/// f at one point: its value, and its Jacobian as a linear map for any number of pushes and pulls.
///
/// The network is evaluated once; each push or pull of k directions costs another k·E multiply-adds. Results are new
/// tensors; in a loop that must not allocate, use the [Linearization] itself. x and θ must not change while the map is
/// in use. One thread at a time; a second one is refused.
public final class LinearMap {

  private final Linearization at;
  private final Layer f;
  private final Tensor x;
  private final AtomicBoolean busy = new AtomicBoolean();

  LinearMap(Linearization at, Layer f, Tensor x) {
    this.at = at;
    this.f = f;
    this.x = x;
  }

  /// {@return y = f(x, θ), a copy}
  public Tensor value() {
    return at.output().copy();
  }

  /// Computes Ẏ = J_x·Ẋ for a panel of directions.
  ///
  /// @param xDot `[chunk, …x]`
  /// @return `[chunk, …y]`
  /// @throws IllegalArgumentException if shape or precision do not fit
  /// @throws IllegalStateException if another thread is in here
  public Tensor push(Tensor xDot) {
    int chunk = xDot.requireChunk(x.precision(), x.shape(), f, "xDot");
    Tensor yDot = Tensor.zeros(x.precision(), at.output().shape().prepend(chunk));
    Door.enter(busy, f, "this linear map is", "one");
    try {
      at.jvp(xDot, Parameters.none(), yDot);
    } finally {
      busy.setRelease(false);
    }
    return yDot;
  }

  /// Computes X̄ = J_xᵀ·Ȳ for a panel of directions.
  ///
  /// @param yBar `[chunk, …y]`
  /// @return `[chunk, …x]`
  /// @throws IllegalArgumentException if shape or precision do not fit
  /// @throws IllegalStateException if another thread is in here
  public Tensor pull(Tensor yBar) {
    int chunk = yBar.requireChunk(x.precision(), at.output().shape(), f, "yBar");
    Tensor xBar = Tensor.zeros(x.precision(), x.shape().prepend(chunk));
    Door.enter(busy, f, "this linear map is", "one");
    try {
      at.vjp(yBar, xBar, Parameters.none());
    } finally {
      busy.setRelease(false);
    }
    return xBar;
  }
}
