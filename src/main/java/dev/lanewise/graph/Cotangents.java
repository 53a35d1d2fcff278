package dev.lanewise.graph;

import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.ops.ArithmeticOps;
import java.util.Arrays;

/// Cotangents of all values, pulled from the output to the input and the parameters; or the changes of cotangents along
/// tangents.
///
/// A value with several readers gets the sum of what they pull, the last reader first: one order on every run.
final class Cotangents {

  private final Tape tape;
  private final Tensor[] bars;
  /// Whether a value shares its cotangent with another one, so that it must be copied before it is added to.
  private final boolean[] shared;
  private boolean ofInput;
  private boolean ofParameters;
  private int chunk;
  /// Where changes are pulled: the tangents, and the cotangents that change. Else null.
  private Tangents tangents;
  private Cotangents fixed;
  private Parameters thetaDot;

  Cotangents(Tape tape) {
    this.tape = tape;
    this.bars = new Tensor[tape.program.size()];
    this.shared = new boolean[tape.program.size()];
  }

  /// Overwrites `xBar` and adds to `thetaBar`, where these are wanted.
  void pullTo(Tensor xBar, Parameters thetaBar, Tensor yBar, int chunk) {
    tangents = null;
    fixed = null;
    begin(!xBar.isNone(), !thetaBar.isNone(), chunk, yBar);
    pull(xBar, thetaBar);
  }

  /// Pulls the cotangents of all values, in the workspace.
  void pull(Tensor yBar) {
    tangents = null;
    fixed = null;
    begin(true, true, 1, yBar);
    pull(Tensor.none(), Parameters.none());
  }

  /// Pulls how the cotangents `fixed` change along the tangents: overwrites `xBarDot` and adds to `thetaBarDot`.
  void pullDotTo(Tensor xBarDot, Parameters thetaBarDot, Tensor yBarDot, int chunk, Tangents tangents,
      Parameters thetaDot, Cotangents fixed) {
    this.tangents = tangents;
    this.thetaDot = thetaDot;
    this.fixed = fixed;
    begin(!xBarDot.isNone(), !thetaBarDot.isNone(), chunk, yBarDot);
    pull(xBarDot, thetaBarDot);
  }

  private void begin(boolean ofInput, boolean ofParameters, int chunk, Tensor yBar) {
    this.ofInput = ofInput;
    this.ofParameters = ofParameters;
    this.chunk = chunk;
    Arrays.fill(bars, Tensor.none());
    bars[bars.length - 1] = yBar;
    shared[bars.length - 1] = true;
  }

  Tensor of(int v) {
    return bars[v];
  }

  private void pull(Tensor xBar, Parameters thetaBar) {
    Program program = tape.program;
    for (int v = bars.length - 1; v > 0; v--) {
      if (bars[v].isNone() || !wanted(v)) {
        continue;
      }
      switch (program.kinds[v]) {
        case PARAMETER -> add(v, program.of(v, thetaBar));
        case LAYER -> layer(v, xBar, program.of(v, thetaBar));
        case OPERATION -> operation(v, xBar);
        case INPUT, CONSTANT -> { }
      }
    }
    if (!xBar.isNone()) {
      if (bars[0].isNone()) {
        xBar.fill(0);
      } else if (bars[0] != xBar) {
        xBar.copyFrom(bars[0], 0);
      }
    }
  }

  private boolean wanted(int v) {
    return ofInput && tape.program.ofInput[v] || ofParameters && tape.program.ofParameters[v];
  }

  private void operation(int v, Tensor xBar) {
    int[] operands = tape.program.operands[v];
    for (int operand = 0; operand < operands.length; operand++) {
      int u = operands[operand];
      if (!wanted(u)) {
        continue;
      }
      if (tape.program.views[v] || tape.program.sums[v]) {
        pass(u, v);
        continue;
      }
      boolean first = bars[u].isNone();
      int mark = 0;
      Tensor place = first && u == 0 && !xBar.isNone() ? xBar : Tensor.none();
      if (!first) {
        unshare(u);
        mark = tape.ws.mark();
      }
      Tensor bar = place.isNone() ? tape.panel(u, chunk) : place;
      tape.program.primitives[v].pull(tape.points[v], operand, bars[v], bar);
      if (fixed != null && !tape.program.primitives[v].isLinear() && tangents.moves(v)) {
        tape.program.primitives[v].addBend(tape.points[v], operand, tangents.operands(v), fixed.of(v), bar);
      }
      arrive(u, bar, first, mark);
    }
  }

  /// Passes the cotangent of `v` on to `u` as it is.
  private void pass(int u, int v) {
    Tensor bar = tape.program.views[v] ? tape.panelOver(bars[v], u, chunk) : bars[v];
    if (bars[u].isNone()) {
      bars[u] = bar;
      shared[u] = true;
    } else {
      unshare(u);
      PointwiseOps.add(bar, bars[u]);
    }
  }

  private void layer(int v, Tensor xBar, Parameters thetaBar) {
    int u = tape.program.operands[v][0];
    boolean first = bars[u].isNone();
    boolean isWanted = wanted(u);
    int mark = 0;
    if (!first && isWanted) {
      unshare(u);
      mark = tape.ws.mark();
    }
    Tensor bar = !isWanted ? Tensor.none() : first && u == 0 && !xBar.isNone() ? xBar : tape.panel(u, chunk);
    if (fixed == null) {
      tape.layers[v].vjp(bars[v], bar, thetaBar);
    } else {
      tape.layers[v].vjpDot(tangents.of(tape.program.operands[v][0]), tape.program.of(v, thetaDot), fixed.of(v),
          bars[v], bar, thetaBar);
    }
    if (isWanted) {
      arrive(u, bar, first, mark);
    }
  }

  private void arrive(int u, Tensor bar, boolean first, int mark) {
    if (first) {
      bars[u] = bar;
      shared[u] = false;
    } else {
      PointwiseOps.add(bar, bars[u]);
      tape.ws.release(mark);
    }
  }

  /// Copies a shared cotangent, before it is added to.
  private void unshare(int u) {
    if (shared[u]) {
      Tensor own = tape.panel(u, chunk);
      own.copyFrom(bars[u], 0);
      bars[u] = own;
      shared[u] = false;
    }
  }

  private void add(int v, Parameters thetaBar) {
    if (thetaBar.isNone()) {
      return;
    }
    int n = tape.values[v].size();
    for (int direction = 0; direction < chunk; direction++) {
      Tensor sum = thetaBar.get(0, direction);
      ArithmeticOps.add(sum, chunk == 1 ? bars[v] : tape.ws.view(bars[v], direction * n, 1, sum.shape()), sum);
    }
  }
}
