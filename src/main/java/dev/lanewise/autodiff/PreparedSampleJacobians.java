package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.PublishedParameters.Snapshot;
import dev.lanewise.autodiff.chain.Chain;
import dev.lanewise.autodiff.chain.Wanted;
import dev.lanewise.autodiff.plan.Autotuner;
import dev.lanewise.autodiff.plan.Autotuner.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// y and the Jacobian of every sample by its own input, J_b = ∂y_b/∂x_b, for batches of one shape, planned once: for
/// loops.
///
/// | mode           | what is done                                                                                    |
/// |----------------|-------------------------------------------------------------------------------------------------|
/// | [Mode#FORWARD] | the same input seeded in all samples at once, pushes of the whole batch: [SampleJacobians]      |
/// | [Mode#REVERSE] | the same output seeded in all samples at once, pulls of the whole batch                         |
/// | [Mode#MIXED]   | sample by sample, in the order of the fewest multiply-adds: [PreparedJacobian]                  |
/// | [Mode#AUTO]    | of these the one that is predicted, or was timed, to take the shortest time, its value included |
///
/// Inner Jacobians differ between samples, so a chain can be bracketed only sample by sample. Samples taken together
/// share the pass over the weights and the cost of calls. A narrow inner layer therefore favours taking samples one by
/// one; a large batch favours taking them together.
///
/// In training the samples are always taken together, so that the draws are those of the batch, whatever the mode.
///
/// Values of θ may change between calls, in the same [Parameters]. Prepare on [PublishedParameters] where other threads
/// compute while θ changes. One thread at a time: others take a [#fork]. As with [PreparedJacobian], one form of [#at]
/// computes in the caller's workspace. Where a unit overflows in a sample, every mode gives the same result, see
/// [Jacobians].
public final class PreparedSampleJacobians {

  private final Layer f;
  private final PublishedParameters theta;
  private final Precision precision;
  private final Shape input;
  private final Shape output;
  private final int batch;
  /// Which block of each sample's Jacobian, m × n.
  private final Wanted wanted;
  private final int m;
  private final int n;
  private final SampleWay way;
  private final String reason;
  private final Workspace ws = new Workspace();
  /// Null if the samples are taken together.
  private final PreparedJacobian alone;
  private final Tensor oneX;
  private final Tensor oneY;
  private final Tensor oneJacobian;
  private final AtomicBoolean busy = new AtomicBoolean();

  private PreparedSampleJacobians(PublishedParameters theta, Precision precision, Shape input, Wanted wanted,
      SampleWay way, String reason) {
    this.f = theta.layer();
    this.theta = theta;
    this.precision = precision;
    this.input = input;
    this.batch = input.dim(0);
    this.output = f.outputShape(input);
    this.wanted = wanted;
    this.m = wanted.rows();
    this.n = wanted.columns();
    this.way = way;
    this.alone = way.alone();
    this.reason = reason;
    this.oneX = one(input);
    this.oneY = one(output);
    this.oneJacobian = alone == null ? Tensor.none() : Tensor.zeros(precision, m, n);
  }

  private static PreparedSampleJacobians prepared(PublishedParameters theta, Precision precision, Shape input,
      JacobianOptions options) {
    Layer f = theta.layer();
    int batch = Door.requireSamples(f, input);
    Shape output = f.outputShape(input);
    Door.requireBatch(f, output, batch);
    Wanted wanted = Door.requireWanted(f, options, output.size() / batch, input.size() / batch);
    Door.requireBatchSize(f, batch, wanted.rows(), wanted.columns());
    BatchPlan together = new BatchPlan(new Chain(f, theta.get(), input.withFirst(1)), wanted, batch, precision,
        options);
    boolean isTuned = options.isAutotuned();
    // Half of the time goes to the order of one sample's chain.
    JacobianOptions ofOne = isTuned ? options.withAutotuning(options.autotuning().dividedBy(2)) : options;
    List<SampleWay> ways = SampleWay.all(together, theta, precision, input.withFirst(1), ofOne, batch);
    String reason = options.mode() != Mode.AUTO ? "as asked" : "predicted " + ways.stream()
        .map(way -> way.name() + " " + JacobianPlan.time(way.nanos())).collect(Collectors.joining(", "));
    PreparedSampleJacobians first = new PreparedSampleJacobians(theta, precision, input, wanted, ways.getFirst(),
        reason);
    return isTuned ? first.tuned(ways, ofOne) : first;
  }

  /// These Jacobians by the fastest way, as timed.
  private PreparedSampleJacobians tuned(List<SampleWay> ways, JacobianOptions options) {
    List<PreparedSampleJacobians> candidates = ways.stream()
        .map(way -> new PreparedSampleJacobians(theta, precision, input, wanted, way, reason)).toList();
    Tensor x = Tensor.zeros(precision, input);
    Tensor y = Tensor.zeros(precision, output);
    Tensor jacobians = Tensor.zeros(precision, batch, m, n);
    Outcome outcome = new Autotuner(options.autotuning()).fastest(
        candidates.stream().<Runnable>map(one -> () -> one.at(x, y, jacobians)).toList(), ways.getFirst().nanos());
    StringBuilder why = new StringBuilder(outcome.nanos().isEmpty() ? reason + "; " + outcome.why() : outcome.why());
    for (int at = 0; at < outcome.nanos().size(); at++) {
      why.append(", ").append(ways.get(at).name()).append(' ').append(JacobianPlan.time(outcome.nanos().get(at)));
    }
    return new PreparedSampleJacobians(theta, precision, input, wanted, ways.get(outcome.fastest()), why.toString());
  }

  /// A place for one sample if they are taken one by one.
  private Tensor one(Shape batch) {
    return alone == null ? Tensor.none() : Tensor.zeros(precision, batch.withFirst(1));
  }

  /// Prepares the cheapest way, see [JacobianOptions#defaults()].
  ///
  /// @param input the shape of x, `[B, …]`
  /// @return for one thread at a time
  /// @throws IllegalArgumentException as [#of(Layer, Parameters, Shape, JacobianOptions)] does
  public static PreparedSampleJacobians of(Layer f, Parameters theta, Shape input) {
    return of(f, theta, input, JacobianOptions.defaults());
  }

  /// Prepares as `options` say, in θ's precision.
  ///
  /// @param input the shape of x, `[B, …]`
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such a batch, mixes samples, θ has no precision,
  ///     B·M·D is past an array's limit, identities are to be seeded, or the memory is too small for one direction
  public static PreparedSampleJacobians of(Layer f, Parameters theta, Shape input, JacobianOptions options) {
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(theta, "theta");
    return of(PublishedParameters.over(f, theta), PublishedParameters.requirePrecision(f, theta), input, options);
  }

  /// Prepares as `options` say, for the θ published last before each call.
  ///
  /// @param theta the network with its parameters
  /// @param precision θ's, or any for a network without parameters
  /// @param input the shape of x, `[B, …]`
  /// @param options mode, chunk, memory and costs
  /// @return for one thread at a time
  /// @throws IllegalArgumentException as for θ alone, or if it has another precision
  public static PreparedSampleJacobians of(PublishedParameters theta, Precision precision, Shape input,
      JacobianOptions options) {
    Door.requirePrecision(theta, precision);
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(options, "options");
    return prepared(theta, precision, input, options);
  }

  /// A fork for another thread, which shares network, plan, code and θ, and has its own memory. Nothing is planned
  /// again. May be called while this one is at work.
  ///
  /// @return one that may be used beside this one
  public PreparedSampleJacobians fork() {
    return new PreparedSampleJacobians(theta, precision, input, wanted, way.fork(), reason);
  }

  /// {@return FORWARD or REVERSE if the samples are taken together, MIXED or AUTO if one by one}
  public Mode mode() {
    return isTogether() ? way.pure() : alone.plan().mode();
  }

  /// {@return whether directions are pushed or pulled in all samples at once}
  public boolean isTogether() {
    return alone == null;
  }

  /// {@return the bytes that a linearization keeps, as [JacobianPlan#residualBytes()]: of all samples if they are taken
  /// together, of one sample if one by one}
  public long residualBytes() {
    return isTogether() ? precision.bytes() * f.jacobianStructure(input).kept() : alone.plan().residualBytes();
  }

  /// {@return an explanation for people: what is done, why, what the linearization keeps, and how a sample's chain is
  /// bracketed}
  public String explain() {
    return String.format(Locale.ROOT, "Jacobians %d × %d of %d samples, %s: %s%n%s", m, n, batch,
        isTogether() ? way.name() + ", " + way.chunk() + " directions at once" : way.name(), reason,
        isTogether() ? JacobianPlan.kept(residualBytes()) + '\n' : alone.plan().explain());
  }

  /// Overwrites `y` with f(x, θ) and `jacobians` with J_b for every sample b.
  ///
  /// @param x of the shape prepared for
  /// @param y `[B, …y]`
  /// @param jacobians `[B, M, D]`, or only of the outputs and inputs that the options name
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here
  public void at(Tensor x, Tensor y, Tensor jacobians) {
    at(x, ws, y, jacobians);
  }

  /// Does the same in `ws`: with its executor, its count of multiply-adds, and in training its seed's draws.
  ///
  /// @param x of the shape prepared for
  /// @param ws reset, and held while it is used
  /// @param y `[B, …y]`
  /// @param jacobians `[B, M, D]`, or only of the outputs and inputs that the options name
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here, or `ws` is held
  public void at(Tensor x, Workspace ws, Tensor y, Tensor jacobians) {
    Objects.requireNonNull(ws, "ws");
    x.require(precision, input, f, "x");
    y.require(precision, output, f, "y");
    Door.requireMatrices(f, x, batch, m, n, jacobians, "jacobians");
    Door.enter(busy, f, "these prepared Jacobians are", "a fork");
    try {
      Snapshot now = theta.snapshot();
      if (takesTogether(ws)) {
        SampleJacobians.valueAndPerSampleJacobians(f, now.theta(), x, way.pure(), way.chunk(), wanted, ws, y,
            jacobians);
      } else {
        Door.requireApart(f, now.theta(), x, y, jacobians, "jacobians");
        ws.begin();
        try {
          oneByOne(now, x, ws, y, jacobians);
        } finally {
          ws.end();
        }
      }
    } finally {
      busy.setRelease(false);
    }
  }

  private boolean takesTogether(Workspace ws) {
    return isTogether() || ws.isTraining();
  }

  private void oneByOne(Snapshot now, Tensor x, Workspace ws, Tensor y, Tensor jacobians) {
    int inputs = oneX.size();
    int outputs = oneY.size();
    for (int b = 0; b < batch; b++) {
      SampleJacobians.copy(x, b * inputs, oneX, 0, inputs);
      int mark = ws.mark();
      alone.compute(now, oneX, ws, oneY, oneJacobian);
      ws.release(mark);
      SampleJacobians.copy(oneY, 0, y, b * outputs, outputs);
      SampleJacobians.copy(oneJacobian, 0, jacobians, b * m * n, m * n);
    }
  }

  /// Network, shape and way.
  @Override
  public String toString() {
    return "PreparedSampleJacobians[" + f + ", " + input + ", " + (isTogether() ? "together by " : "sample by sample, ")
        + mode() + "]";
  }
}
