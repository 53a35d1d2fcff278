package dev.lanewise.kernel.warmup;

/// Calls of one kernel on numbers that nobody looks at, so that its vector code gets compiled and can be observed.
///
/// HotSpot compiles a method by C2 after some 5,000 calls, or 600 with 15,000 turns of its loops, and until then each
/// vector in it is an object of a hundred bytes or more. So most calls are [#light], as small as they can be on the
/// same way through the code; all else that C2 must have seen, so that it does not leave it out, comes with [#full].
public abstract class Exercise {

  private final int key;

  /// @param key what [Ready#is] is asked for
  protected Exercise(int key) {
    this.key = key;
  }

  final int key() {
    return key;
  }

  /// For people, such as `product of floats 6×64×64`. Asked for by whoever exercises, as it takes a new process ten
  /// milliseconds to join its first strings.
  protected abstract String name();

  /// The key of a kernel that this one is made of, or 0. This one is called meanwhile, but not ready before that one.
  protected int needs() {
    return 0;
  }

  /// Exercises of one family share code: one of them waits until the other's is compiled.
  protected int family() {
    return key;
  }

  /// After how many calls C2 has been asked to compile: fewer where a method has loops of many turns.
  protected int calls() {
    return 5_200;
  }

  /// How many kinds of full calls there are.
  protected int variants() {
    return 1;
  }

  /// A small call by vectors, or one with nothing to do, which C2 counts as well.
  protected abstract void light(int step);

  /// A call by vectors as the caller has it, of one of the kinds.
  protected abstract void full(int variant);

  /// The same in plain Java, to compare times with where bytes cannot be counted.
  protected abstract void plain(int variant);
}
