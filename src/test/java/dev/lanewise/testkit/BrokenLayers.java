package dev.lanewise.testkit;

import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// One layer and a way to break it for each law: what a law is worth shows in the layers that it refuses.
///
/// | what      | formula                              | shapes                     |
/// |-----------|--------------------------------------|----------------------------|
/// | value     | y_ij = w_j·sin x_ij + b_j             | x, y `[batch, n]`; w, b `[n]` |
/// | residuals | x                                    |                            |
/// | tangent   | ẏ = w·cos x·ẋ + ẇ·sin x + ḃ            | `[chunk, batch, n]`        |
/// | cotangent | x̄ = w·cos x·ȳ, w̄ += Σ sin x·ȳ, b̄ += Σȳ | `[chunk, batch, n]`        |
final class BrokenLayers {

  private BrokenLayers() {}

  /// What is wrong with the layer, and the law that must say so.
  enum Fault {
    /// Nothing.
    SOUND(""),
    /// Says that there is one sample whatever the batch.
    ONE_SAMPLE_IN_OUTPUT_SHAPE("output-shape"),
    /// Forward takes a shorter series for the sine.
    FORWARD_BY_ANOTHER_FORMULA("forward-equals-linearize"),
    /// A table of the sine that is good enough for nothing but a plot.
    COARSE_IN_FLOAT("float-agrees-with-double"),
    /// A hundredth of the batch's first sample is in each.
    LEAKS_FIRST_SAMPLE("batch-independent"),
    /// Clips tangents, as gradients are clipped in training.
    CLIPS_TANGENTS("jvp-linear"),
    /// The derivative of another function, the same wrong one on both sides.
    COSINE_WITHOUT_ITS_SIGN("jvp-is-derivative"),
    /// The pull lost the factor w.
    PULL_WITHOUT_SCALE("adjoint"),
    /// A tangent that is none leaves the result unwritten.
    NONE_RETURNS_AT_ONCE("none-is-zero"),
    /// Every direction gets the first one's tangent.
    FIRST_DIRECTION_FOR_ALL("chunk-equals-singles"),
    /// Handles elements four by four and forgets the rest of long panels.
    NO_TAIL_IN_LONG_PANELS("odd-sizes"),
    /// Multiplies by the slope where the tangent lies.
    SCALES_TANGENT_IN_PLACE("inputs-untouched"),
    /// Each use of a linearization is a little different from the one before.
    DRIFTS("repeatable"),
    /// Adds to what is in ẏ.
    PUSH_ADDS("jvp-overwrites"),
    /// Adds to what is in x̄.
    PULL_ADDS_TO_X_BAR("vjp-overwrites-x-bar"),
    /// Overwrites θ̄: two uses of a weight would count once.
    PULL_OVERWRITES_THETA_BAR("vjp-adds-to-theta-bar"),
    /// Takes fresh scratch for zeros.
    TRUSTS_SCRATCH("dirty-workspace"),
    /// Resets the workspace that it was given, and so gives away what others hold.
    RESETS_WORKSPACE("shared-workspace"),
    /// Writes one element too many.
    WRITES_BEHIND_THE_END("views"),
    /// Keeps its residual in itself.
    RESIDUAL_IN_LAYER("concurrent-use"),
    /// Checks nothing after the input.
    OPEN_DOOR("refuses-bad-input");

    final String law;

    Fault(String law) {
      this.law = law;
    }
  }

  static Layer with(Fault fault) {
    return new ScaledSine(4, fault);
  }

  private static final class ScaledSine implements Layer {

    private final int features;
    private final Fault fault;
    private Tensor residualOfLast;

    ScaledSine(int features, Fault fault) {
      this.features = features;
      this.fault = fault;
    }

    @Override
    public Shape outputShape(Shape input) {
      if (input.rank() != 2 || input.dim(1) != features) {
        throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [batch, " + features + "]");
      }
      return fault == Fault.ONE_SAMPLE_IN_OUTPUT_SHAPE ? input.withFirst(1) : input;
    }

    @Override
    public ParameterSpec parameters() {
      return ParameterSpec.of(
          new ParameterSpec.Entry("scale", Shape.of(features), (scale, _) -> scale.fill(1)),
          new ParameterSpec.Entry("shift", Shape.of(features), Initializer.zeros()));
    }

    @Override
    public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
      Tensor y = Layer.super.forward(x, theta, ws);
      if (fault == Fault.FORWARD_BY_ANOTHER_FORMULA) {
        y.set(0, y.get(0) * (1 + 4 * y.precision().unitRoundoff()));
      }
      return y;
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      outputShape(x.shape());
      theta.require(2, x.precision(), 1, this, "theta");
      if (fault == Fault.RESETS_WORKSPACE) {
        ws.reset();
      }
      Tensor y = ws.tensor(x.precision(), x.shape());
      Tensor scratch = ws.tensor(x.precision(), x.shape());
      for (int i = 0; i < y.size(); i++) {
        double value = theta.get(0).get(i % features) * sine(x, i) + theta.get(1).get(i % features);
        double leak = fault == Fault.LEAKS_FIRST_SAMPLE ? x.get(i % features) / 100 : 0;
        y.set(i, value + leak + (fault == Fault.TRUSTS_SCRATCH ? scratch.get(i) : 0));
      }
      residualOfLast = x;
      return new At(this, x, theta, y);
    }

    private double sine(Tensor x, int i) {
      double sine = Math.sin(x.get(i));
      return fault == Fault.COARSE_IN_FLOAT && x.precision() == Precision.FLOAT ? Math.rint(sine * 1000) / 1000 : sine;
    }

    @Override
    public String toString() {
      return "ScaledSine[" + features + ", " + fault + "]";
    }
  }

  private static final class At implements Linearization {

    private final ScaledSine layer;
    private final Fault fault;
    private final Tensor ownX;
    private final Parameters theta;
    private final Tensor y;
    private int uses;

    At(ScaledSine layer, Tensor x, Parameters theta, Tensor y) {
      this.layer = layer;
      this.fault = layer.fault;
      this.ownX = x;
      this.theta = theta;
      this.y = y;
    }

    private Tensor x() {
      return fault == Fault.RESIDUAL_IN_LAYER ? layer.residualOfLast : ownX;
    }

    private double scale(int i) {
      return theta.get(0).get(i % layer.features);
    }

    private double slope(int i) {
      double cos = Math.cos(x().get(i % ownX.size()));
      return scale(i) * (fault == Fault.COSINE_WITHOUT_ITS_SIGN ? Math.abs(cos) : cos);
    }

    @Override
    public Tensor output() {
      return y;
    }

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      requirePush(xDot, thetaDot, yDot);
      if (fault == Fault.NONE_RETURNS_AT_ONCE && xDot.isNone()) {
        return;
      }
      uses++;
      for (int i = 0; i < end(yDot); i++) {
        double sum = fault == Fault.PUSH_ADDS ? yDot.get(i) : 0;
        if (!xDot.isNone()) {
          sum += slope(i) * tangent(xDot, i);
        }
        if (!thetaDot.isNone()) {
          int j = i % layer.features;
          int direction = i / y.size();
          sum += thetaDot.get(0, direction).get(j) * Math.sin(x().get(i % y.size())) + thetaDot.get(1, direction).get(j);
        }
        yDot.set(i, fault == Fault.DRIFTS ? sum + uses * 1e-6 : sum);
      }
      if (fault == Fault.WRITES_BEHIND_THE_END) {
        writeBehind(yDot);
      }
    }

    private double tangent(Tensor xDot, int i) {
      if (fault == Fault.SCALES_TANGENT_IN_PLACE) {
        double before = xDot.get(i);
        xDot.set(i, slope(i) * before);
        return before;
      }
      double value = xDot.get(fault == Fault.FIRST_DIRECTION_FOR_ALL ? i % y.size() : i);
      return fault == Fault.CLIPS_TANGENTS ? Math.clamp(value, -0.5, 0.5) : value;
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      requirePull(yBar, xBar, thetaBar);
      for (int i = 0; i < xBar.size() && !xBar.isNone(); i++) {
        double slope = fault == Fault.PULL_WITHOUT_SCALE ? slope(i) / scale(i) : slope(i);
        xBar.set(i, slope * yBar.get(i) + (fault == Fault.PULL_ADDS_TO_X_BAR ? xBar.get(i) : 0));
      }
      if (thetaBar.isNone()) {
        return;
      }
      if (fault == Fault.PULL_OVERWRITES_THETA_BAR) {
        thetaBar.flat().fill(0);
      }
      for (int i = 0; i < yBar.size(); i++) {
        int j = i % layer.features;
        Tensor scaleBar = thetaBar.get(0, i / y.size());
        Tensor shiftBar = thetaBar.get(1, i / y.size());
        scaleBar.set(j, scaleBar.get(j) + Math.sin(x().get(i % y.size())) * yBar.get(i));
        shiftBar.set(j, shiftBar.get(j) + yBar.get(i));
      }
    }

    private int end(Tensor yDot) {
      boolean forgets = fault == Fault.NO_TAIL_IN_LONG_PANELS && yDot.size() > 100;
      return forgets ? yDot.size() / 8 * 8 : yDot.size();
    }

    private static void writeBehind(Tensor tensor) {
      int behind = tensor.offset() + tensor.size();
      if (tensor.precision() == Precision.FLOAT && behind < tensor.floats().length) {
        tensor.floats()[behind] = 0;
      } else if (tensor.precision() == Precision.DOUBLE && behind < tensor.doubles().length) {
        tensor.doubles()[behind] = 0;
      }
    }

    private void requirePush(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      if (fault != Fault.OPEN_DOOR) {
        int chunk = yDot.requireChunk(y.precision(), y.shape(), layer, "yDot");
        if (!xDot.isNone()) {
          xDot.require(y.precision(), chunk, y.shape(), layer, "xDot");
        }
        if (!thetaDot.isNone()) {
          thetaDot.require(2, y.precision(), chunk, layer, "thetaDot");
        }
      }
    }

    private void requirePull(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      int chunk = yBar.requireChunk(y.precision(), y.shape(), layer, "yBar");
      if (!xBar.isNone()) {
        xBar.require(y.precision(), chunk, y.shape(), layer, "xBar");
      }
      if (!thetaBar.isNone()) {
        thetaBar.require(2, y.precision(), chunk, layer, "thetaBar");
      }
    }
  }
}
