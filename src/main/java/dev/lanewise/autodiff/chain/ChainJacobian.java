package dev.lanewise.autodiff.chain;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The Jacobians of a chain at one point after another, by one bracketing, in memory that belongs to one thread.
public final class ChainJacobian {

  private final Chain chain;
  private final Bracket bracket;
  private final Wanted wanted;
  private final Blocks blocks;
  private final boolean elided;
  private final Precision precision;
  private final Step.Scene scene;
  /// For each factor, by its number, whether the program multiplies by its slope.
  private final boolean[] sloped;
  private JacobianProgram program;

  /// @param elided whether Jacobians at hand are taken as they are
  public ChainJacobian(Chain chain, Bracket bracket, Wanted wanted, Blocks blocks, boolean elided,
      Precision precision) {
    this.chain = chain;
    this.bracket = bracket;
    this.wanted = wanted;
    this.blocks = blocks;
    this.elided = elided;
    this.precision = precision;
    this.scene = new Step.Scene(chain.size());
    this.sloped = new boolean[chain.size()];
  }

  /// The same for another thread, with its own memory and no θ yet.
  public ChainJacobian fork() {
    return new ChainJacobian(chain.fork(), bracket, wanted, blocks, elided, precision);
  }

  /// The chain at the point of the last call.
  public Chain chain() {
    return chain;
  }

  /// Overwrites `jacobian` with the wanted block of the chain's Jacobian at `x`.
  ///
  /// @return the value, in `ws`
  public Tensor at(Tensor x, Workspace ws, Tensor jacobian) {
    scene.computeIn(ws);
    Tensor value = chain.linearize(x, ws);
    if (jacobian.size() == 0) {
      return value;
    }
    boolean compiled = program != null;
    for (int factor = 0; factor < sloped.length; factor++) {
      Factor one = chain.all().get(factor);
      if (elided && one.hasSlope()) {
        Tensor slope = one.slope(ws);
        scene.setSlope(factor, slope);
        compiled &= sloped[factor] == !slope.isNone();
        sloped[factor] = !slope.isNone();
      }
    }
    if (!compiled) {
      program = JacobianProgram.of(chain, bracket, wanted, blocks, sloped.clone(), precision, false);
    }
    for (int factor = 0; factor < sloped.length; factor++) {
      Factor one = chain.all().get(factor);
      if (elided && one.isDense()) {
        program.point(factor, one.weight(ws));
      }
    }
    program.run(scene, jacobian);
    return value;
  }

  /// The bytes of intermediate matrices that are allocated; 0 before the first point.
  public long bytes() {
    return program == null ? 0 : program.bytes();
  }
}
