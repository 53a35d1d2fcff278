import java.util.List;

/// A class of loops over arrays that apply the same statements to one vector, or to several side by side.
abstract class FunctionLoops extends Source {

  FunctionLoops(String notice, String packageName, String className, List<String> imports) {
    super(notice, packageName, className, imports);
  }

  /// A statement for one vector: the names of its variables end with `$`, and it begins at `at$`.
  final void addFor(String vector, String at, String statement) {
    add(statement.replace("at$", at).replace("$", vector));
  }

  /// Eight numbers in registers: all of them, or four in each.
  final void table(String register, String upper, String numbers) {
    add("IntVector %s = IntVector.fromArray(INTS, %s, 0);", register, numbers);
    add("IntVector %s = IntVector.fromArray(INTS, %s, UPPER);", upper, numbers);
  }

  /// The numbers that `lane$` and `upper$` pick from them.
  static String pick(String register, String upper) {
    return "TYPE.cast((IN_ONE ? lane$.selectFrom(%1$s) : lane$.selectFrom(%1$s).blend(lane$.selectFrom(%2$s), upper$))"
        .formatted(register, upper) + ".viewAsFloatingLanes())";
  }
}
