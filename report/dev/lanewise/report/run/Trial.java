package dev.lanewise.report.run;

import dev.lanewise.report.result.Jvm;
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
/// @param millis how long each lasts; 0 for as long as the profile says
/// @param leastForks how many there are however late it is: without these nothing is said
record Trial(String suite, String benchmark, SortedMap<String, String> params, int subjects, int millis, int leastForks,
    Jvm jvm) {

  /// A trial with the parameters `name, value, name, value, …`.
  static Trial of(String suite, String benchmark, Object... params) {
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < params.length; i += 2) {
      map.put(params[i].toString(), params[i + 1].toString());
    }
    return new Trial(suite, benchmark, map, 0, 0, 1, Jvm.MAIN);
  }

  /// The same, so many iterations, each of which measures another thing.
  Trial withSubjects(int subjects) {
    return new Trial(suite, benchmark, params, subjects, millis, leastForks, jvm);
  }

  /// The same in iterations of so many milliseconds.
  Trial lasting(int millis) {
    return new Trial(suite, benchmark, params, subjects, millis, leastForks, jvm);
  }

  /// The same in no fewer forks.
  Trial withLeastForks(int leastForks) {
    return new Trial(suite, benchmark, params, subjects, millis, leastForks, jvm);
  }

  /// The same on another virtual machine.
  Trial on(Jvm jvm) {
    return new Trial(suite, benchmark, params, subjects, millis, leastForks, jvm);
  }

  /// The same with one parameter more.
  Trial with(String param, Object value) {
    SortedMap<String, String> more = new TreeMap<>(params);
    more.put(param, value.toString());
    return new Trial(suite, benchmark, more, subjects, millis, leastForks, jvm);
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
