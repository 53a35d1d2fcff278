package dev.lanewise.train;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// Gives its input, but for one pass, which goes wrong in one way; so a training can be hit at any update.
final class Trouble implements Layer {

  /// What goes wrong.
  enum Kind {
    /// The output is NaN, and so the loss.
    OUTPUT,
    /// The loss is finite, the gradient is not.
    COTANGENT,
    /// The pull throws, after the layers behind it have added to the gradient.
    PULL,
    /// Nothing: what is asked for is done.
    CALL
  }

  private final Kind kind;
  private int passesBefore = Integer.MAX_VALUE;
  private Runnable call = () -> {};

  Trouble(Kind kind) {
    this.kind = kind;
  }

  /// Goes wrong once, after so many more passes.
  void after(int passes) {
    passesBefore = passes;
  }

  /// Does this once, after so many more passes.
  void after(int passes, Runnable call) {
    passesBefore = passes;
    this.call = call;
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    boolean now = ws.isTraining() && passesBefore-- == 0;
    Tensor y = x.copy();
    if (now && kind == Kind.OUTPUT) {
      y.fill(Double.NaN);
    } else if (now && kind == Kind.CALL) {
      call.run();
    }
    return new Linearization() {
      @Override
      public Tensor output() {
        return y;
      }

      @Override
      public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
        yDot.copyFrom(xDot);
      }

      @Override
      public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
        if (now && kind == Kind.PULL) {
          throw new UnsupportedOperationException("no pull");
        }
        if (!xBar.isNone()) {
          xBar.copyFrom(yBar);
          if (now && kind == Kind.COTANGENT) {
            xBar.fill(Double.NaN);
          }
        }
      }
    };
  }
}
