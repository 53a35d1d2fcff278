package dev.lanewise.report.run;

import dev.lanewise.report.result.Jvm;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One benchmark with one choice of parameters, which one fork measures.
///
/// @param suite its name in the progress bar
/// @param benchmark class and method, without the outer packages
/// @param params JMH's parameters by name
/// @param jvm the virtual machine of its fork
/// @param subjects the number of iterations if each has its own subject, without warm-up; 0 for as many as the profile
///     says
/// @param millis the length of an iteration; 0 for as long as the profile says
/// @param leastForks the number of forks that run however late it is, because a verdict needs them
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

  /// The same with the given number of iterations, each of which measures another subject.
  Trial withSubjects(int subjects) {
    return new Trial(suite, benchmark, params, subjects, millis, leastForks, jvm);
  }

  /// The same in iterations of `millis` milliseconds.
  Trial lasting(int millis) {
    return new Trial(suite, benchmark, params, subjects, millis, leastForks, jvm);
  }

  /// The same in at least `leastForks` forks.
  Trial withLeastForks(int leastForks) {
    return new Trial(suite, benchmark, params, subjects, millis, leastForks, jvm);
  }

  /// The same on another virtual machine.
  Trial on(Jvm jvm) {
    return new Trial(suite, benchmark, params, subjects, millis, leastForks, jvm);
  }

  /// The same with one more parameter.
  Trial with(String param, Object value) {
    SortedMap<String, String> more = new TreeMap<>(params);
    more.put(param, value.toString());
    return new Trial(suite, benchmark, more, subjects, millis, leastForks, jvm);
  }

  /// The virtual machine, in the form of [dev.lanewise.report.result.Setting].
  Optional<Jvm> other() {
    return Optional.of(jvm).filter(each -> each != Jvm.MAIN);
  }

  /// JMH's include pattern for this benchmark alone.
  String pattern() {
    return "^dev\\.lanewise\\." + benchmark.replace(".", "\\.") + "$";
  }
}
