package dev.lanewise.report.section;

import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Ratios;
import dev.lanewise.report.chart.Ratios.Ratio;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.verdict.Contest;
import dev.lanewise.report.verdict.Contest.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The gemm against other libraries, native ones and those of the JVM.
final class PeersSection {

  private static final String LOSES = "▼ ";
  private static final List<String> HEAD = List.of(
      "m×n×k", "GFLOP/s", "Share of peak", "against the better native library", "against MKL", "against OpenBLAS");
  private static final List<String> JVM_HEAD = List.of("best on the JVM", "which is");
  private static final String NONE = "–";

  private static final List<Ratios.Series> SERIES =
      List.of(new Ratios.Series("float", Ratios.Style.FIRST), new Ratios.Series("double", Ratios.Style.SECOND));

  private PeersSection() {}

  /// The products of one precision and number of threads.
  private record Group(String precision, int threads, List<Contest> contests) {

    String key() {
      return "gemm." + precision + ".t" + threads + ".";
    }

    boolean hasJvm() {
      return contests.stream().anyMatch(contest -> contest.bestOnJvm().isPresent());
    }

    String title() {
      return precision + (threads == 1 ? ", one thread" : ", " + threads + " threads");
    }
  }

  static Optional<Section> of(Results results, Summary summary) {
    List<Contest> contests = Contest.of(results);
    if (contests.isEmpty()) {
      return Optional.empty();
    }
    List<Group> groups = groups(contests);
    groups.forEach(group -> note(group, summary));
    List<Picture> pictures = contests.stream().map(Contest::threads).distinct().sorted()
        .flatMap(threads -> Stream.of(Family.values())
        .flatMap(family -> picture(family, threads, contests, summary).stream())).toList();
    List<Table> tables = Stream.concat(Stream.of(means(groups, summary)),
        groups.stream().map(group -> table(group, summary))).toList();
    return Optional.of(new Section("peers", "Ratios by shape",
        "A ratio is the other library’s time over ours: above 1 we are faster; " + LOSES.strip()
            + " marks where we are not. MKL and OpenBLAS multiply in aligned native memory, ours in Java arrays. All "
            + "take turns in rounds of a few milliseconds; a ratio is the median over rounds. The better native "
            + "library is the one with the lower ratio.", pictures, tables));
  }

  private static List<Group> groups(List<Contest> contests) {
    List<Group> groups = new ArrayList<>();
    for (int threads : contests.stream().mapToInt(Contest::threads).distinct().sorted().toArray()) {
      for (String precision : List.of("float", "double")) {
        List<Contest> members = contests.stream()
            .filter(each -> each.threads() == threads && each.precision().equals(precision)).toList();
        if (!members.isEmpty()) {
          groups.add(new Group(precision, threads, members));
        }
      }
    }
    return groups;
  }

  private static void note(Group group, Summary summary) {
    String key = group.key();
    Contest worst = group.contests.stream().min(Comparator.comparingDouble(Contest::versusNative)).orElseThrow();
    summary.put(key + "geomean_vs_native",
        Contest.geometricMean(group.contests.stream().mapToDouble(Contest::versusNative)));
    summary.put(key + "worst_vs_native", worst.versusNative());
    summary.put(key + "worst_shape", worst.key());
    if (group.hasJvm()) {
      summary.put(key + "geomean_vs_jvm",
          Contest.geometricMean(group.contests.stream().mapToDouble(Contest::versusJvm)));
    }
    summary.put(key + "shapes", group.contests.size());
    summary.put(key + "shapes_lost", group.contests.stream().filter(each -> each.versusNative() < 1).count());
    for (Contest contest : group.contests) {
      String shape = key + contest.key() + ".";
      summary.put(shape + "gflops", contest.gigaflops());
      summary.put(shape + "peak_share", contest.peakShare());
      summary.put(shape + "vs_native", contest.versusNative());
      summary.put(shape + "vs_mkl", contest.versusMkl());
      summary.put(shape + "vs_openblas", contest.versusOpenBlas());
      if (contest.bestOnJvm().isPresent()) {
        summary.put(shape + "vs_jvm", contest.versusJvm());
      }
      String share = "gemm." + group.precision + ".peak_share_" + contest.n();
      if (group.threads == 1 && contest.family() == Family.SQUARES && !summary.has(share)) {
        summary.put(share, contest.peakShare());
      }
    }
  }

  /// A line for each measured precision and number of threads.
  static List<String> verdict(Summary summary) {
    List<String> lines = new ArrayList<>();
    for (String group : List.of("float.t1", "double.t1", "float.t2", "double.t2")) {
      String key = "gemm." + group + ".";
      if (summary.has(key + "geomean_vs_native")) {
        lines.add("gemm in " + group.replace(".t1", ", one thread").replace(".t2", ", two threads") + ": "
            + summary.text(key + "geomean_vs_native") + " × the speed of the better native library (geometric mean, "
            + "worst "
            + summary.text(key + "worst_vs_native") + " at " + summary.text(key + "worst_shape") + ")"
            + (summary.has(key + "geomean_vs_jvm")
                ? ", " + summary.text(key + "geomean_vs_jvm") + " × the best on the JVM" : ""));
      }
    }
    return lines;
  }

  private static Table means(List<Group> groups, Summary summary) {
    boolean hasJvm = groups.stream().anyMatch(Group::hasJvm);
    List<String> head = new ArrayList<>(List.of(
        "", "against the better native library", "worst shape", "which is", "shapes where a native library is faster"));
    if (hasJvm) {
      head.add("against the best on the JVM");
    }
    return new Table("Over all shapes, geometric means", head, groups.stream().map(group -> {
      String key = group.key();
      Contest worst = group.contests.stream()
          .filter(each -> each.key().equals(summary.text(key + "worst_shape"))).findFirst().orElseThrow();
      List<String> row = new ArrayList<>(List.of(group.title(), ratio(summary, key + "geomean_vs_native"),
          ratio(summary, key + "worst_vs_native"), worst.title(),
          summary.text(key + "shapes_lost") + " of " + summary.text(key + "shapes")));
      if (hasJvm) {
        row.add(group.hasJvm() ? ratio(summary, key + "geomean_vs_jvm") : NONE);
      }
      return row;
    }).toList());
  }

  private static Table table(Group group, Summary summary) {
    return new Table("Every product, " + group.title() + ", worst first",
        group.hasJvm() ? Stream.concat(HEAD.stream(), JVM_HEAD.stream()).toList() : HEAD,
        group.contests.stream().sorted(Comparator.comparingDouble(Contest::versusNative))
        .map(contest -> row(group, contest, summary)).toList());
  }

  private static List<String> row(Group group, Contest contest, Summary summary) {
    String key = group.key() + contest.key() + ".";
    List<String> row =
        new ArrayList<>(List.of(contest.title(), summary.text(key + "gflops"), summary.text(key + "peak_share"),
        ratio(summary, key + "vs_native"), ratio(summary, key + "vs_mkl"), ratio(summary, key + "vs_openblas")));
    if (group.hasJvm()) {
      row.add(contest.bestOnJvm().isPresent() ? ratio(summary, key + "vs_jvm") : NONE);
      row.add(contest.bestOnJvm().orElse(NONE));
    }
    return row;
  }

  private static String ratio(Summary summary, String key) {
    return (summary.number(key) < 1 ? LOSES : "") + summary.text(key);
  }

  private static Optional<Picture> picture(Family family, int threads, List<Contest> all, Summary summary) {
    List<Contest> contests = all.stream().filter(each -> each.family() == family && each.threads() == threads).toList();
    if (contests.isEmpty()) {
      return Optional.empty();
    }
    String name = "peers-" + family.key + "-t" + threads;
    String title = family.title + " (m×n×k), time of the better native library over ours, "
        + (threads == 1 ? "one thread" : threads + " threads");
    List<Ratio> ratios = contests.stream().map(each -> new Ratio(each.sizes(), each.precision(), each.versusNative()))
        .toList();
    long lost = contests.stream().filter(each -> each.versusNative() < 1).count();
    Contest worst = contests.stream().min(Comparator.comparingDouble(Contest::versusNative)).orElseThrow();
    String sentence = (lost == 0 ? "No native library is faster anywhere" : "A native library is faster in " + lost
        + " of " + contests.size() + " products") + "; the worst ratio is "
        + summary.text("gemm." + worst.precision() + ".t" + threads + "." + worst.key() + ".vs_native")
        + " (" + worst.precision() + ", " + worst.sizes() + ").";
    Csv csv = new Csv("precision,threads,form,m,n,k,gflops,peak_share,vs_mkl,vs_openblas,vs_native,vs_jvm,best_on_jvm");
    contests.forEach(
        each -> csv.row("%s,%d,%s,%d,%d,%d,%.3f,%.4f,%.4f,%.4f,%.4f,%.4f,%s", each.precision(), each.threads(),
            each.form(), each.m(), each.n(), each.k(), each.gigaflops(), each.peakShare(), each.versusMkl(),
            each.versusOpenBlas(), each.versusNative(), each.versusJvm(), each.bestOnJvm().orElse("none")));
    return Optional.of(new Picture(name, title, sentence,
        Ratios.svg(name, title, "other’s time / ours", SERIES, ratios), csv.toString()));
  }
}
