package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The latest plans of operators that take a network, θ and x at each call, so that a loop of such calls plans once.
///
/// A plan belongs to a network (by identity), a precision, a shape of x and options, but not to θ. At most [#MOST]
/// plans are kept, without θ and without memory to compute in. They are dropped before memory runs out.
final class RecentPlans {

  /// More networks and shapes than these seldom take turns.
  static final int MOST = 8;

  private static final AtomicReferenceArray<SoftReference<PreparedJacobian>> KNOWN = new AtomicReferenceArray<>(MOST);
  private static final AtomicInteger MADE = new AtomicInteger();

  private RecentPlans() {}

  /// A Jacobian with its own memory, by a remembered plan or by a new one, which is then remembered.
  ///
  /// @throws IllegalArgumentException as [PreparedJacobian#of(Layer, Parameters, Precision, Shape, JacobianOptions)]
  ///     does
  static PreparedJacobian prepared(PublishedParameters theta, Precision precision, Shape input,
      JacobianOptions options) {
    for (int at = 0; at < MOST; at++) {
      SoftReference<PreparedJacobian> reference = KNOWN.get(at);
      PreparedJacobian known = reference == null ? null : reference.get();
      if (known != null && known.isFor(theta, precision, input, options)) {
        return known.fork(theta);
      }
    }
    PreparedJacobian made = PreparedJacobian.of(theta, precision, input, options);
    KNOWN.set(Math.floorMod(MADE.getAndIncrement(), MOST), new SoftReference<>(made.fork(null)));
    return made;
  }

  /// How many plans were made so far.
  static int made() {
    return MADE.get();
  }

  /// The Jacobian that a workspace computed last.
  static final class OfWorkspace {

    private PublishedParameters theta;
    private PreparedJacobian prepared;
    private JacobianOptions options;
    private Mode mode;
    private int chunk;

    /// Prepared for these, θ included.
    PreparedJacobian prepared(Layer f, Parameters theta, Tensor x, Mode mode, int chunk) {
      if (this.theta == null || this.theta.layer() != f || this.theta.get() != theta) {
        this.theta = PublishedParameters.over(f, theta);
        this.prepared = null;
      }
      if (options == null || this.mode != mode || this.chunk != chunk) {
        this.options = JacobianOptions.defaults().withMode(mode).withChunk(chunk);
        this.mode = mode;
        this.chunk = chunk;
        this.prepared = null;
      }
      if (prepared == null || !prepared.isFor(x)) {
        prepared = RecentPlans.prepared(this.theta, x.precision(), x.shape(), options);
      }
      return prepared;
    }
  }
}
