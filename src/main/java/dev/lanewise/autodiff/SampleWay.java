package dev.lanewise.autodiff;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A way to compute the Jacobians of a batch's samples: all together, or one sample at a time.
///
/// @param pure FORWARD or REVERSE, for taking the samples together, as training always does
/// @param chunk how many directions at once when taken together
/// @param alone the computation for one sample at a time, null where the samples are taken together
/// @param nanos the predicted time
record SampleWay(Mode pure, int chunk, PreparedJacobian alone, double nanos) {

  /// The ways that the mode allows; for AUTO, the shortest predicted time comes first.
  ///
  /// @param one the shape of a batch of one sample
  static List<SampleWay> all(BatchPlan together, PublishedParameters theta, Precision precision, Shape one,
      JacobianOptions options, int batch) {
    Mode asked = options.mode();
    if (asked == Mode.FORWARD || asked == Mode.REVERSE) {
      return List.of(together(together, asked));
    }
    List<SampleWay> ways = new ArrayList<>();
    for (Mode pure : asked == Mode.AUTO ? List.of(Mode.FORWARD, Mode.REVERSE) : List.<Mode>of()) {
      if (together.fits(pure)) {
        ways.add(together(together, pure));
      }
    }
    PreparedJacobian sample = PreparedJacobian.of(theta, precision, one, options);
    Mode faster = together.faster();
    ways.add(new SampleWay(faster, together.chunk(faster), sample,
        batch * (sample.plan().nanos() + together.value(1))));
    ways.sort(Comparator.comparingDouble(SampleWay::nanos));
    return ways;
  }

  private static SampleWay together(BatchPlan together, Mode pure) {
    return new SampleWay(pure, together.chunk(pure), null, together.nanos(pure));
  }

  boolean isTogether() {
    return alone == null;
  }

  /// The same way for another thread.
  SampleWay fork() {
    return isTogether() ? this : new SampleWay(pure, chunk, alone.fork(), nanos);
  }

  /// The way in words.
  String name() {
    return isTogether() ? "together by " + pure : "sample by sample";
  }
}
