package dev.lanewise.testkit;

import dev.lanewise.Initializer;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// One layer, and each [Fault] built into it: what a law is worth shows in the layers that it refuses.
///
/// | what | formula | shapes |
/// |---|---|---|
/// | value | y_ij = w_j·sin x_ij + b_j | x, y `[batch, n]`; w, b `[n]` |
/// | residuals | x |  |
/// | tangent | ẏ = w·cos x·ẋ + ẇ·sin x + ḃ | `[chunk, batch, n]` |
/// | cotangent | x̄ = w·cos x·ȳ, w̄ += Σ sin x·ȳ, b̄ += Σȳ | `[chunk, batch, n]` |
/// | its tangent | x̄̇ = w·cos x·ȳ̇ + (ẇ·cos x − w·sin x·ẋ)·ȳ, w̄̇ += Σ sin x·ȳ̇ + cos x·ẋ·ȳ, b̄̇ += Σȳ̇ | ȳ `[1, batch, n]` |
final class BrokenLayers {

  private BrokenLayers() {}

  static Layer with(Fault fault) {
    return new ScaledSine(fault);
  }

  private static final class ScaledSine implements Layer {

    private static final int FEATURES = 4;
    private final Fault fault;
    private Tensor residualOfLast;

    ScaledSine(Fault fault) {
      this.fault = fault;
    }

    @Override
    public Shape outputShape(Shape input) {
      if (input.rank() != 2 || input.dim(1) != FEATURES) {
        throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [batch, 4]");
      }
      return switch (fault) {
        case ONE_SAMPLE_IN_OUTPUT_SHAPE -> input.withFirst(1);
        case BATCH_LAST -> Shape.of(FEATURES, input.dim(0));
        default -> input;
      };
    }

    @Override
    public ParameterSpec parameters() {
      return ParameterSpec.of(
          new ParameterSpec.Entry("scale", Shape.of(FEATURES), (scale, _) -> scale.fill(1)),
          new ParameterSpec.Entry("shift", Shape.of(FEATURES), Initializer.zeros()));
    }

    @Override
    public JacobianStructure jacobianStructure(Shape input) {
      return JacobianStructure.diagonal(input.size());
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
      if (fault != Fault.TAKES_ANY_WIDTH) {
        outputShape(x.shape());
      }
      requireParameters(theta, x.precision(), 1, "theta");
      if (fault == Fault.RESETS_WORKSPACE) {
        ws.reset();
      }
      Tensor y = ws.tensor(x.precision(), x.shape());
      Tensor scratch = ws.tensor(x.precision(), x.shape());
      for (int i = 0; i < y.size(); i++) {
        double value = theta.get(0).get(i % FEATURES) * sine(x, i) + theta.get(1).get(i % FEATURES);
        y.set(i, value + leak(x, i, ws) + (fault == Fault.TRUSTS_SCRATCH ? scratch.get(i) : 0));
      }
      residualOfLast = x;
      Tensor[] kept = ws.object(Tensor[].class, () -> new Tensor[1]);
      kept[0] = kept[0] == null || fault != Fault.KEEPS_FIRST_INPUT ? x : kept[0];
      return new At(this, kept[0], theta, y);
    }

    void requireParameters(Parameters values, Precision precision, int chunk, String name) {
      values.require(2, precision, chunk, this, name);
      for (int index = 0; index < 2 && fault != Fault.PARAMETERS_OF_ANY_SHAPE; index++) {
        if (!values.get(index).shape().is(FEATURES)) {
          throw new IllegalArgumentException(this + ": " + name + ": " + values.get(index).shape() + ", expected [4]");
        }
      }
    }

    private double leak(Tensor x, int i, Workspace ws) {
      return switch (fault) {
        case LEAKS_FIRST_SAMPLE -> x.get(i % FEATURES) / 100;
        case LEAKS_IN_TRAINING -> ws.isTraining() ? x.get(i % FEATURES) / 100 : 0;
        case LEAKS_A_TRACE -> x.get(i % FEATURES) * 1e-15;
        case DIVIDES_BY_BATCH -> 1.0 / x.shape().dim(0);
        default -> 0;
      };
    }

    private double sine(Tensor x, int i) {
      double sine = Math.sin(x.get(i));
      return fault == Fault.COARSE_IN_FLOAT && x.precision() == Precision.FLOAT ? Math.rint(sine * 1000) / 1000 : sine;
    }

    @Override
    public String toString() {
      return "ScaledSine[" + FEATURES + ", " + fault + "]";
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
      return theta.get(0).get(i % ScaledSine.FEATURES);
    }

    private double slope(int i) {
      double cos = Math.cos(x().get(i % y.size()));
      return scale(i) * (fault == Fault.COSINE_WITHOUT_ITS_SIGN ? Math.abs(cos) : cos);
    }

    @Override
    public Tensor output() {
      return y;
    }

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      if (fault == Fault.CLEARS_BEFORE_CHECKING) {
        yDot.fill(0);
      }
      requirePush(xDot, thetaDot, yDot);
      if (fault == Fault.CLOBBERS_OUTPUT) {
        y.fill(0);
      }
      if (fault == Fault.NONE_RETURNS_AT_ONCE && xDot.isNone()) {
        return;
      }
      uses++;
      for (int i = 0; i < yDot.size(); i++) {
        double sum = fault == Fault.PUSH_ADDS ? yDot.get(i) : 0;
        if (!xDot.isNone()) {
          sum += slope(i) * tangent(xDot, i);
        }
        if (!thetaDot.isNone()) {
          int j = i % ScaledSine.FEATURES;
          int direction = i / y.size();
          sum += thetaDot.get(0, direction).get(j) * Math.sin(x().get(i % y.size()))
              + thetaDot.get(1, direction).get(j);
        }
        sum += fault == Fault.DRIFTS ? uses * 1e-6 : 0;
        yDot.set(i, isForgotten(i, yDot) ? 0 : sum);
      }
      if (fault == Fault.WRITES_BEHIND_THE_END) {
        writeAfter(yDot);
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
        xBar.set(i, slope * cotangent(yBar, i) + (fault == Fault.PULL_ADDS_TO_X_BAR ? xBar.get(i) : 0));
      }
      if (thetaBar.isNone()) {
        return;
      }
      if (fault == Fault.PULL_OVERWRITES_THETA_BAR) {
        thetaBar.flat().fill(0);
      }
      for (int i = 0; i < yBar.size(); i++) {
        int j = i % ScaledSine.FEATURES;
        Tensor scaleBar = thetaBar.get(0, i / y.size());
        Tensor shiftBar = thetaBar.get(1, i / y.size());
        scaleBar.set(j, scaleBar.get(j) + Math.sin(x().get(i % y.size())) * cotangent(yBar, i));
        shiftBar.set(j, shiftBar.get(j) + cotangent(yBar, i));
      }
    }

    @Override
    public void vjpDot(
        Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
      if (fault != Fault.OPEN_DOOR_OF_PULL_DOT) {
        requirePush(xDot, thetaDot, yBarDot);
        requirePull(yBarDot, xBarDot, thetaBarDot);
        yBar.require(y.precision(), 1, y.shape(), layer, "yBar");
      }
      if (fault == Fault.PULL_DOT_OVERWRITES_THETA_BAR && !thetaBarDot.isNone()) {
        thetaBarDot.flat().fill(0);
      }
      for (int i = 0; i < yBarDot.size(); i++) {
        int j = i % ScaledSine.FEATURES;
        double at = x().get(i % y.size());
        double bar = yBar.get(i % y.size());
        double dot = xDot.isNone() ? 0 : xDot.get(i);
        double scaleDot = thetaDot.isNone() || fault == Fault.SCALE_STANDS_STILL ? 0
            : thetaDot.get(0, i / y.size()).get(j);
        double bend = fault == Fault.CURVATURE_WITHOUT_ITS_SIGN ? Math.sin(at) : -Math.sin(at);
        if (!xBarDot.isNone()) {
          xBarDot.set(i, slope(i) * yBarDot.get(i) + (scaleDot * Math.cos(at) + scale(i) * bend * dot) * bar);
        }
        if (!thetaBarDot.isNone()) {
          Tensor scaleBarDot = thetaBarDot.get(0, i / y.size());
          Tensor shiftBarDot = thetaBarDot.get(1, i / y.size());
          scaleBarDot.set(j, scaleBarDot.get(j) + Math.sin(at) * yBarDot.get(i) + Math.cos(at) * dot * bar);
          shiftBarDot.set(j, shiftBarDot.get(j) + yBarDot.get(i));
        }
      }
    }

    @Override
    public Tensor slope() {
      Tensor slope = y.copy();
      for (int i = 0; i < slope.size(); i++) {
        slope.set(i, fault == Fault.SLOPE_WITHOUT_SCALE ? slope(i) / scale(i) : slope(i));
      }
      return slope;
    }

    private double cotangent(Tensor yBar, int i) {
      return isForgotten(i, yBar) ? 0 : yBar.get(i);
    }

    private boolean isForgotten(int i, Tensor panel) {
      return fault == Fault.NO_TAIL_IN_LONG_PANELS && panel.size() > 100 && i >= panel.size() / 8 * 8;
    }

    private static void writeAfter(Tensor tensor) {
      int after = tensor.offset() + tensor.size();
      if (tensor.precision() == Precision.FLOAT && after < tensor.floats().length) {
        tensor.floats()[after] = 0;
      } else if (tensor.precision() == Precision.DOUBLE && after < tensor.doubles().length) {
        tensor.doubles()[after] = 0;
      }
    }

    private void requirePush(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      if (fault != Fault.OPEN_DOOR) {
        require(xDot, "xDot", thetaDot, "thetaDot", yDot.requireChunk(y.precision(), y.shape(), layer, "yDot"));
      }
    }

    private void requirePull(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      require(xBar, "xBar", thetaBar, "thetaBar", yBar.requireChunk(y.precision(), y.shape(), layer, "yBar"));
    }

    private void require(Tensor x, String xName, Parameters theta, String thetaName, int chunk) {
      if (!x.isNone()) {
        x.require(y.precision(), chunk, y.shape(), layer, xName);
      }
      if (!theta.isNone()) {
        layer.requireParameters(theta, y.precision(), chunk, thetaName);
      }
    }
  }
}
