package dev.lanewise.report.run;

import dev.lanewise.report.result.Jvm;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One benchmark with one choice of parameters: what one fork measures.
///
/// @param suite what the progress bar calls it
/// @param benchmark class and method, without the packages above
/// @param params JMH's parameters by name
/// @param jvm what its fork runs on
/// @param subjects how many iterations where each has a subject of its own, with no warm-up then; 0 for as many as the
///     profile says
record Trial(String suite, String benchmark, SortedMap<String, String> params, int subjects, Jvm jvm) {

  /// A trial with the parameters `name, value, name, value, …`.
  static Trial of(String suite, String benchmark, Object... params) {
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < params.length; i += 2) {
      map.put(params[i].toString(), params[i + 1].toString());
    }
    return new Trial(suite, benchmark, map, 0, Jvm.MAIN);
  }

  /// The same, so many iterations, each of which measures another thing.
  Trial withSubjects(int subjects) {
    return new Trial(suite, benchmark, params, subjects, jvm);
  }

  /// The same on another virtual machine.
  Trial on(Jvm jvm) {
    return new Trial(suite, benchmark, params, subjects, jvm);
  }

  /// The same with one parameter more.
  Trial with(String param, Object value) {
    SortedMap<String, String> more = new TreeMap<>(params);
    more.put(param, value.toString());
    return new Trial(suite, benchmark, more, subjects, jvm);
  }

  /// Without which nothing is said: of one fork the verdict on the claim is always UNDECIDED, of two hardly anything
  /// else.
  int leastForks() {
    return benchmark.equals(Suite.JACOBIANS.benchmark) && !jvm.isNarrowed()
        && Setting.of(params, Optional.empty()).equals(Setting.of("FLOAT", 1)) ? 3 : 1;
  }

  /// As [dev.lanewise.report.result.Setting] has it.
  Optional<Jvm> other() {
    return Optional.of(jvm).filter(each -> each != Jvm.MAIN);
  }

  /// JMH's include pattern for this benchmark alone.
  String pattern() {
    return "^dev\\.lanewise\\." + benchmark.replace(".", "\\.") + "$";
  }
}
