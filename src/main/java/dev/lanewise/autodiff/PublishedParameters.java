package dev.lanewise.autodiff;

import dev.lanewise.AffineMap;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.autodiff.chain.Links;
import java.util.List;
import java.util.Objects;

/// θ of a network in service: a snapshot that readers compute with, and that a publisher replaces atomically.
///
/// ```java
/// PublishedParameters published = PublishedParameters.of(net, theta);
/// PreparedJacobians pool = PreparedJacobians.of(published, x.shape(), 8);
/// …
/// published.publish(theta);               // by the trainer, while readers are at work
/// ```
///
/// A call of a prepared operator reads the snapshot once, when it begins, so its value and derivatives belong to one θ,
/// published last before or during the call, never to a mixture. A new snapshot reaches each reader with its next call;
/// readers neither allocate, plan nor wait. All the work is the publisher's.
///
/// A snapshot is never written to again. [#publish] copies its argument, so that a trainer may go on in its own θ.
/// [#handOver] takes its argument as it is, and the caller must not write to it afterwards. Any number of threads may
/// read and publish.
public final class PublishedParameters {

  /// θ at one time.
  ///
  /// @param maps the layers as affine maps over θ; empty if any layer is not an affine map
  record Snapshot(Parameters theta, List<AffineMap> maps) {}

  private final Layer f;
  private volatile Snapshot latest;

  private PublishedParameters(Layer f, Parameters theta) {
    theta.requireOf(f, "theta");
    this.f = f;
    this.latest = new Snapshot(theta, Links.affineMaps(f, theta));
  }

  /// A first snapshot: a copy of `theta`.
  ///
  /// @param f the network
  /// @param theta its parameters
  /// @return what operators are prepared on
  /// @throws IllegalArgumentException if they are another network's
  public static PublishedParameters of(Layer f, Parameters theta) {
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(theta, "theta");
    theta.requireOf(f, "theta");
    return new PublishedParameters(f, copy(theta));
  }

  /// θ itself, whose values may change between calls: for operators that are prepared on θ alone.
  static PublishedParameters over(Layer f, Parameters theta) {
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(theta, "theta");
    return new PublishedParameters(f, theta);
  }

  /// The network.
  ///
  /// @return the one that all snapshots are parameters of
  public Layer layer() {
    return f;
  }

  /// The snapshot published last.
  ///
  /// @return not to be written to
  public Parameters get() {
    return latest.theta();
  }

  /// The number format of all snapshots.
  ///
  /// @return FLOAT or DOUBLE
  /// @throws IllegalArgumentException for a network without parameters
  public Precision precision() {
    return requirePrecision(f, get());
  }

  static Precision requirePrecision(Layer f, Parameters theta) {
    if (theta.count() == 0) {
      throw new IllegalArgumentException(f
          + ": theta has no parameters to take the precision from, expected the precision to be given");
    }
    return theta.precision();
  }

  /// Swaps the snapshot for a copy of `theta`.
  ///
  /// @param theta may be written to again as soon as this returns
  /// @throws IllegalArgumentException if they are another network's, or of another precision; the snapshot stays then
  public void publish(Parameters theta) {
    requireFit(theta);
    latest = snapshot(copy(theta));
  }

  /// Swaps the snapshot for `theta` itself, without a copy.
  ///
  /// @param theta not to be written to from now on, by anyone
  /// @throws IllegalArgumentException if they are another network's, or of another precision; the snapshot stays then
  public void handOver(Parameters theta) {
    requireFit(theta);
    latest = snapshot(theta);
  }

  Snapshot snapshot() {
    return latest;
  }

  private void requireFit(Parameters theta) {
    Objects.requireNonNull(theta, "theta");
    theta.requireOf(f, "theta");
    if (theta.count() > 0 && theta.precision() != get().precision()) {
      throw new IllegalArgumentException(f + ": theta has precision " + theta.precision() + ", expected "
          + get().precision());
    }
  }

  private Snapshot snapshot(Parameters theta) {
    List<AffineMap> maps = Links.affineMaps(f, theta);
    if (!isAlike(maps, latest.maps())) {
      throw new IllegalArgumentException(f
          + ": the layers' affine maps have other sizes, biases or activations with this theta than before, "
          + "expected the same");
    }
    return new Snapshot(theta, maps);
  }

  private static boolean isAlike(List<AffineMap> some, List<AffineMap> others) {
    boolean alike = some.size() == others.size();
    for (int at = 0; alike && at < some.size(); at++) {
      AffineMap one = some.get(at);
      AffineMap other = others.get(at);
      alike = one.in() == other.in() && one.out() == other.out() && one.activation() == other.activation()
          && one.bias().isNone() == other.bias().isNone();
    }
    return alike;
  }

  /// A copy; of a part of a larger set, only the part is copied.
  private static Parameters copy(Parameters theta) {
    if (theta.count() == 0) {
      return theta;
    }
    Parameters copy = Parameters.zeros(theta.spec(), theta.precision());
    for (int index = 0; index < theta.count(); index++) {
      copy.get(index).copyFrom(theta.get(index));
    }
    return copy;
  }

  /// The network.
  @Override
  public String toString() {
    return "PublishedParameters[" + f + "]";
  }
}
