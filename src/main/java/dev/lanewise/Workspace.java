package dev.lanewise;

import dev.lanewise.kernel.RunningMeans;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.gemm.FloatScratch;
import dev.lanewise.kernel.gemm.ScratchKey;
import dev.lanewise.kernel.gemm.Team;
import dev.lanewise.random.SplitMix64;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// The memory that derivatives are computed in: outputs, residuals, scratch and the kernels' packing buffers.
///
/// It hands out slots in the order of the requests, like a stack. After [#reset()] the same requests get the same
/// memory, so a repeated computation allocates nothing here. Vector code allocates some ten KB a call until the JVM has
/// compiled it, and nothing after. Releasing a [#mark()] voids everything handed out since; a reset voids everything.
/// Copy what is to outlive it.
///
/// It also knows whether the computation is part of training. Only layers that draw at random, such as dropout, or
/// observe their batches, such as batch normalisation, ask. From [#beginTraining] to [#endTraining()] they draw from
/// [#nextDraw()] once for each `linearize` or `forward`, and keep what they drew with their residuals; in inference
/// they compute the expectation. Layers therefore stay stateless. A draw follows from the seed and from the number of
/// draws since the last reset: a computation repeated after [#reset()] draws the same.
///
/// One workspace serves one thread at a time. Operators hold it from [#begin()] to [#end()], and refuse one that is
/// held; this costs some 7 ns a call. A [Layer] or [Linearization] that is called directly does not hold the workspace,
/// so threads that share one get wrong numbers. A workspace never shrinks; drop it to free its memory.
public final class Workspace {

  static {
    ScratchKey.handIn(ws -> ((Workspace) ws).doubleScratch, ws -> ((Workspace) ws).floatScratch);
  }

  private final DoubleScratch doubleScratch;
  private final FloatScratch floatScratch;
  private final RunningMeans observed = new RunningMeans();
  private Slot[] slots = {};
  private int cursor;
  private boolean training;
  private long seed;
  private long draws;
  private long multiplyAdds;
  /// The thread that is between [#begin()] and [#end()]; null where none is.
  private final AtomicReference<Thread> holder = new AtomicReference<>();

  /// An empty workspace: it grows as it is used. All work is done by the calling thread.
  public Workspace() {
    doubleScratch = new DoubleScratch();
    floatScratch = new FloatScratch();
  }

  /// An empty workspace whose large matrix products are shared by up to `threads` threads: the calling one and
  /// `executor`'s.
  ///
  /// Results have the same bits on any number of threads. The caller takes part and never waits for a task that has not
  /// started: a busy, small or stopped executor makes it slower, not stuck. One executor may serve many workspaces.
  /// Products of less than 3 · 2¹⁹ multiply-adds are not shared. The portable kernels share nothing.
  ///
  /// @throws IllegalArgumentException if `threads` is less than 1
  public Workspace(Executor executor, int threads) {
    Objects.requireNonNull(executor, "executor");
    if (threads < 1) {
      throw new IllegalArgumentException("Workspace: " + threads + " threads, expected at least 1");
    }
    Team team = new Team(executor, threads);
    doubleScratch = new DoubleScratch(team);
    floatScratch = new FloatScratch(team);
  }

  /// Voids everything handed out, and starts again.
  ///
  /// @throws IllegalStateException if an operator is at work in here in another thread
  public void reset() {
    Thread other = holder.getOpaque();
    if (other != null && other != Thread.currentThread()) {
      throw held(other);
    }
    cursor = 0;
    draws = 0;
    observed.forget();
  }

  /// Resets this workspace and holds it for the calling thread until [#end()], as operators do.
  ///
  /// @throws IllegalStateException if it is held already, by another thread or by a call that this one is made from
  public void begin() {
    if (!holder.compareAndSet(null, Thread.currentThread())) {
      throw held(holder.getOpaque());
    }
    reset();
  }

  /// Ends what [#begin()] began. What was handed out stays until the next reset.
  public void end() {
    holder.setRelease(null);
  }

  private static IllegalStateException held(Thread by) {
    return new IllegalStateException("Workspace: is at work in " + (by == Thread.currentThread()
        ? "an operator that has not returned" : "another thread") + ", expected one for each");
  }

  /// Lets layers draw at random, from [#nextDraw()], from now on. Each step of a training takes another `seed`.
  public void beginTraining(long seed) {
    training = true;
    this.seed = seed;
    draws = 0;
  }

  /// Lets layers compute without drawing, as at first.
  public void endTraining() {
    training = false;
  }

  /// {@return whether layers are to draw at random, as training asks of dropout}
  public boolean isTraining() {
    return training;
  }

  /// {@return the next seed for a layer that draws: 64 bits that look random} A layer computes all that it draws from
  /// this seed and from positions, so the draws do not depend on the number of threads. Steele, Lea & Flood 2014,
  /// SplitMix64.
  ///
  /// @throws IllegalStateException outside of training
  public long nextDraw() {
    if (!training) {
      throw new IllegalStateException(
          "Workspace: draw in inference, expected one between beginTraining and endTraining");
    }
    return SplitMix64.number(seed, ++draws);
  }

  /// Keeps until the next reset what a layer observed of a training batch, for the untrained parameter `running`.
  ///
  /// @param batch as many doubles; copied
  /// @param momentum the weight of this batch, from 0 to 1
  /// @throws IllegalArgumentException if sizes, precision or momentum do not fit
  public void observe(Tensor running, Tensor batch, double momentum) {
    Object array = running.precision() == Precision.FLOAT ? running.floats() : running.doubles();
    observed.add(array, running.offset(), running.size(), batch.doubles(), batch.offset(), batch.size(), momentum);
  }

  /// Applies what was observed since the last reset, once: running ← (1 − momentum)·running + momentum·batch.
  public void takeOverObserved() {
    observed.takeOver();
  }

  /// {@return how many draws were taken since the last reset: 0 where no layer drew}
  public long draws() {
    return draws;
  }

  /// {@return the present height of the stack, for [#release(int)]}
  public int mark() {
    return cursor;
  }

  /// Voids everything handed out since `mark`.
  ///
  /// @throws IllegalArgumentException if the stack is not that high
  public void release(int mark) {
    if (mark < 0 || mark > cursor) {
      throw new IllegalArgumentException("Workspace: release of mark " + mark + ", expected one of 0 to " + cursor);
    }
    cursor = mark;
  }

  /// {@return a tensor of this shape; its content is whatever was there before}
  public Tensor tensor(Precision precision, Shape shape) {
    Slot slot = next();
    for (int view = 0; view < slot.viewCount; view++) {
      Tensor known = slot.views[view];
      if (known.precision() == precision && (known.shape() == shape || known.shape().equals(shape))) {
        return known;
      }
    }
    return slot.newView(precision, shape);
  }

  /// {@return a tensor of shape `[leading, …rest]`; its content is whatever was there before}
  public Tensor tensor(Precision precision, int leading, Shape rest) {
    Slot slot = next();
    for (int view = 0; view < slot.viewCount; view++) {
      Tensor known = slot.views[view];
      if (known.precision() == precision && known.shape().is(leading, rest)) {
        return known;
      }
    }
    return slot.newView(precision, rest.prepend(leading));
  }

  /// {@return a matrix `[rows, columns]`; its content is whatever was there before}
  public Tensor matrix(Precision precision, int rows, int columns) {
    Slot slot = next();
    for (int view = 0; view < slot.viewCount; view++) {
      Tensor known = slot.views[view];
      if (known.precision() == precision && known.shape().is(rows, columns)) {
        return known;
      }
    }
    return slot.newView(precision, Shape.of(rows, columns));
  }

  /// {@return a view of shape `[leading, …rest]` over `whole`'s elements from `position` on; no new object where the
  /// same view was asked for here before}
  ///
  /// @throws IllegalArgumentException if it does not lie in `whole`'s array
  public Tensor view(Tensor whole, int position, int leading, Shape rest) {
    Slot slot = next();
    for (int view = 0; view < slot.foreignCount; view++) {
      if (slot.foreign[view].isViewOf(whole, position, leading, rest)) {
        return slot.foreign[view];
      }
    }
    return slot.newForeign(whole.view(position, rest.prepend(leading)));
  }

  /// {@return an object of `type` that `make` made, now or for an earlier request: for a layer's own [Linearization],
  /// whose fields the layer then sets} `make` must capture nothing.
  public <T> T object(Class<T> type, Supplier<T> make) {
    Slot slot = next();
    for (int object = 0; object < slot.objectCount; object++) {
      if (type.isInstance(slot.objects[object])) {
        return type.cast(slot.objects[object]);
      }
    }
    return slot.newObject(make.get());
  }

  /// {@return the multiply-adds of all matrix products in this workspace so far, m·n·k each} The slides count the cost
  /// of a pass in these.
  public long multiplyAdds() {
    return multiplyAdds + doubleScratch.multiplyAdds() + floatScratch.multiplyAdds();
  }

  /// Counts multiply-adds that were done beside the matrix kernels.
  void count(long multiplyAdds) {
    this.multiplyAdds += multiplyAdds;
  }

  DoubleScratch scratchOfDoubles() {
    return doubleScratch;
  }

  FloatScratch scratchOfFloats() {
    return floatScratch;
  }

  private Slot next() {
    if (cursor == slots.length) {
      slots = Arrays.copyOf(slots, Math.max(32, 2 * cursor));
      for (int slot = cursor; slot < slots.length; slot++) {
        slots[slot] = new Slot();
      }
    }
    return slots[cursor++];
  }

  /// One request's place: an array and its views by shape, or an object.
  private static final class Slot {

    /// A full chunk and the narrower last one alternate in one slot, as may two networks; more would be a leak.
    private static final int MOST_VIEWS = 8;

    private final Tensor[] views = new Tensor[MOST_VIEWS];
    private int viewCount;
    /// By precision.
    private final Tensor[] memory = {Tensor.none(), Tensor.none()};
    /// Objects and views of others' memory: several, as layers ask for theirs in one slot after the other's release.
    private final Object[] objects = new Object[MOST_VIEWS];
    private int objectCount;
    private final Tensor[] foreign = new Tensor[MOST_VIEWS];
    private int foreignCount;

    private <T> T newObject(T object) {
      objectCount %= MOST_VIEWS;
      objects[objectCount++] = object;
      return object;
    }

    private Tensor newForeign(Tensor view) {
      foreignCount %= MOST_VIEWS;
      foreign[foreignCount++] = view;
      return view;
    }

    private Tensor newView(Precision precision, Shape shape) {
      Tensor all = memory[precision.ordinal()];
      boolean grow = all.isNone() || shape.size() > all.size();
      viewCount = grow ? 0 : viewCount % MOST_VIEWS;
      memory[precision.ordinal()] = grow ? Tensor.zeros(precision, shape) : all;
      Tensor view = memory[precision.ordinal()].view(0, shape);
      views[viewCount++] = view;
      return view;
    }
  }
}
