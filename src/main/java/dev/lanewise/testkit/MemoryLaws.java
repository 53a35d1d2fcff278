package dev.lanewise.testkit;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.testkit.Trial.Directions;
import dev.lanewise.testkit.Trial.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Laws on what is read, written and kept: arguments, destinations, workspaces, threads.
final class MemoryLaws {

  private static final int THREADS = 4;
  private static final int ROUNDS = 8;

  private MemoryLaws() {}

  static void addTo(List<Law> laws, LayerContract contract) {
    laws.add(contract.law("inputs-untouched", "x, θ, ẋ, θ̇ and ȳ are never changed, nor y by a push or a pull",
        MemoryLaws::inputsUntouched));
    laws.add(contract.law("repeatable", "the same again gives the same bits, also from the same linearization",
        MemoryLaws::repeatable));
    laws.add(contract.law("jvp-overwrites", "what was in ẏ before a push does not matter", MemoryLaws::jvpOverwrites));
    laws.add(contract.law("vjp-overwrites-x-bar", "what was in x̄ before a pull does not matter",
        MemoryLaws::vjpOverwritesXBar));
    if (contract.hasParameters()) {
      laws.add(contract.law("vjp-adds-to-theta-bar", "a pull adds to what was in θ̄", MemoryLaws::vjpAddsToThetaBar));
    }
    laws.add(contract.law("dirty-workspace", "what a workspace was used for before a reset does not matter",
        MemoryLaws::dirtyWorkspace));
    laws.add(contract.law("shared-workspace", "several linearizations in one workspace leave each other alone",
        MemoryLaws::sharedWorkspace));
    laws.add(contract.law("views", "tensors may begin anywhere in their arrays, and nothing beside them is written",
        MemoryLaws::views));
    laws.add(contract.lawOnContract("concurrent-use", "threads with workspaces of their own may share the layer",
        MemoryLaws::concurrentUse));
  }

  private static void inputsUntouched(Trial trial) {
    Directions d = trial.directions();
    Tensor x = trial.x.copy();
    Tensor theta = trial.theta.flat().copy();
    Tensor xDot = d.xDot().copy();
    Tensor yBar = d.yBar().copy();
    Tensor thetaDot = trial.contract.hasParameters() ? d.thetaDot().flat().copy() : theta;
    trial.forward(new Workspace());
    Linearization at = trial.linearize();
    Tensor y = at.output().copy();
    trial.results(at, d);
    trial.push(at, d.xDot(), Parameters.none(), d.chunk());
    trial.pull(at, d.yBar());
    Comparison.sameBits("x before", x, "x after", trial.x);
    Comparison.sameBits("theta before", theta, "theta after", trial.theta.flat());
    Comparison.sameBits("xDot before", xDot, "xDot after", d.xDot());
    Comparison.sameBits("yBar before", yBar, "yBar after", d.yBar());
    Comparison.sameBits("y before", y, "y after", at.output());
    if (trial.contract.hasParameters()) {
      Comparison.sameBits("thetaDot before", thetaDot, "thetaDot after", d.thetaDot().flat());
    }
  }

  private static void repeatable(Trial trial) {
    Directions d = trial.directions();
    Linearization at = trial.linearize();
    Results first = trial.results(at, d);
    Results.sameBits("once", first, "again from the same linearization", trial.results(at, d));
    Results.sameBits("once", first, "again from another linearization", trial.results(d));
  }

  private static void jvpOverwrites(Trial trial) {
    Directions d = trial.directions();
    Linearization at = trial.linearize();
    requireOverwrites(trial, at, "", d.xDot(), d.thetaDot(), d.chunk());
    requireOverwrites(trial, at, " with xDot none", Tensor.none(), d.thetaDot(), d.chunk());
    requireOverwrites(trial, at, " with thetaDot none", d.xDot(), Parameters.none(), d.chunk());
  }

  private static void requireOverwrites(Trial trial, Linearization at, String of, Tensor xDot, Parameters thetaDot,
      int chunk) {
    Shape shape = trial.output.prepend(chunk);
    Tensor overZeros = trial.place(shape, 0);
    at.jvp(xDot, thetaDot, overZeros);
    for (double before : new double[] {Trial.BEFORE, Double.NaN}) {
      Tensor overOther = trial.place(shape, before);
      at.jvp(xDot, thetaDot, overOther);
      Comparison.sameBits("yDot" + of + " over zeros", overZeros, "over " + before, overOther);
    }
  }

  private static void vjpOverwritesXBar(Trial trial) {
    Directions d = trial.directions();
    Linearization at = trial.linearize();
    for (boolean withTheta : new boolean[] {false, true}) {
      Tensor overZeros = trial.place(d.xDot().shape(), 0);
      at.vjp(d.yBar(), overZeros, withTheta ? trial.optionalParameterPlace(d.chunk(), 0) : Parameters.none());
      for (double before : new double[] {Trial.BEFORE, Double.NaN}) {
        Tensor overOther = trial.place(d.xDot().shape(), before);
        at.vjp(d.yBar(), overOther, withTheta ? trial.optionalParameterPlace(d.chunk(), 0) : Parameters.none());
        Comparison.sameBits("xBar over zeros", overZeros, "over " + before, overOther);
      }
    }
  }

  private static void vjpAddsToThetaBar(Trial trial) {
    Directions d = trial.directions();
    Linearization at = trial.linearize();
    Parameters fromZero = trial.parameterPlace(d.chunk(), 0);
    Parameters fromMore = trial.parameterPlace(d.chunk(), Trial.BEFORE);
    at.vjp(d.yBar(), Tensor.none(), fromZero);
    at.vjp(d.yBar(), Tensor.none(), fromMore);
    Tensor expected = trial.place(fromZero.flat().shape(), 0);
    for (int i = 0; i < expected.size(); i++) {
      expected.set(i, Trial.BEFORE + fromZero.flat().get(i));
    }
    Comparison.close(trial.contract, Trial.BEFORE + " + thetaBar", expected, "thetaBar added to " + Trial.BEFORE,
        fromMore.flat());
  }

  private static void dirtyWorkspace(Trial trial) {
    LayerContract contract = trial.contract;
    Directions d = trial.directions();
    Results clean = trial.results(d);
    Workspace used = filledWithNaN(trial, d);
    Results.sameBits("in a new workspace", clean, "in one full of NaN", trial.results(trial.linearize(used), d));
    for (Precision before : Precision.values()) {
      for (int batch : List.of(contract.batches().getFirst(), contract.batches().getLast())) {
        Trial other = Trial.of(contract, before, batch);
        used.reset();
        other.results(other.linearize(used), other.directions(contract.chunks().getLast()));
        used.reset();
        Results.sameBits("in a new workspace", clean, "in one used for " + before + " " + other.x.shape(),
            trial.results(trial.linearize(used), d));
      }
    }
    Comparison.sameBits("y of forward in a new workspace", trial.forward(new Workspace()),
        "in one full of NaN", trial.forward(filledWithNaN(trial, d)));
  }

  static Workspace filledWithNaN(Trial trial, Directions d) {
    Workspace ws = new Workspace();
    Shape large = Shape.of(4 * (d.xDot().size() + d.yBar().size() + trial.theta.spec().size()));
    for (int slot = 0; slot < 64; slot++) {
      ws.tensor(trial.precision, large).fill(Double.NaN);
    }
    ws.reset();
    return ws;
  }

  private static void sharedWorkspace(Trial like) {
    List<Trial> trials = new ArrayList<>();
    List<Directions> directions = new ArrayList<>();
    List<Linearization> linearizations = new ArrayList<>();
    Workspace ws = new Workspace();
    for (int point = 0; point < 3; point++) {
      Trial trial = Trial.elsewhere(like.contract, like.precision, point);
      trials.add(trial);
      directions.add(trial.directions());
      linearizations.add(trial.linearize(ws));
    }
    for (int point = 2; point >= 0; point--) {
      Results.sameBits("alone in a workspace", trials.get(point).results(directions.get(point)),
          "of linearization " + point + " of 3 in it",
          trials.get(point).results(linearizations.get(point), directions.get(point)));
    }
  }

  private static void views(Trial whole) {
    Results expected = whole.results(whole.directions());
    for (int margin : new int[] {1, 5}) {
      Trial view = Trial.withMargins(whole.contract, whole.precision, margin);
      Results.sameBits("of whole arrays", expected, "of views at offset " + margin, view.results(view.directions()));
      view.requireMargins();
    }
  }

  private static void concurrentUse(LayerContract contract) {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Callable<Linearization>> linearize = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          Trial trial = Trial.elsewhere(contract, Precision.values()[round % 2], THREADS * round + thread);
          trials.add(trial);
          linearize.add(trial::linearize);
        }
        // All linearize before any pushes, so that whatever one leaves in the layer, the others find.
        List<Linearization> linearizations = all(threads, linearize);
        List<Directions> directions = trials.stream().map(Trial::directions).toList();
        List<Callable<Results>> derive = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          int here = thread;
          derive.add(() -> trials.get(here).results(linearizations.get(here), directions.get(here)));
        }
        List<Results> found = all(threads, derive);
        for (int thread = 0; thread < THREADS; thread++) {
          Results.sameBits("in one thread", trials.get(thread).results(directions.get(thread)),
              "among " + THREADS + " threads", found.get(thread));
        }
      }
    }
  }

  private static <T> List<T> all(ExecutorService threads, List<Callable<T>> tasks) {
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> task : threads.invokeAll(tasks)) {
        results.add(task.get());
      }
    } catch (ExecutionException thrown) {
      throw new AssertionError("threw " + thrown.getCause() + " in another thread", thrown.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted before all threads were done", interrupted);
    }
    return results;
  }
}
