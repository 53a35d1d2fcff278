package dev.lanewise.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Jvm;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.verdict.Claim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The designs of the experiment, and the order in which they run.
class ProfileTest {

  private static boolean isOf(Suite suite, Block block) {
    return block.trials().getFirst().benchmark().equals(suite.benchmark);
  }

  private static Setting setting(Block grid) {
    return Setting.of(grid.trials().getFirst().params(), grid.trials().getFirst().other());
  }

  /// However late it is, whatever is to be judged has the forks that a verdict takes; in a smoke run nothing is.
  @ParameterizedTest
  @EnumSource(names = {"SMOKE", "QUICK", "STANDARD", "FULL"})
  void whatIsJudgedHasTheForksThatItNeeds(Profile profile) {
    for (Block grid : profile.blocks()) {
      int least = grid.trials().getFirst().leastForks();
      assertEquals(isOf(Suite.JACOBIANS, grid) && grid.forks() >= Claim.LEAST_FORKS ? Claim.LEAST_FORKS : 1, least,
          grid.toString());
      assertTrue(profile != Profile.SMOKE || grid.forks() < Claim.LEAST_FORKS, grid.toString());
    }
  }

  @Test
  void oneDirectionChunksElidedSeedsAndTheSerialCollectorAreJudgedInMinutes() {
    Setting slides = Setting.of("FLOAT", 1);
    assertEquals(List.of(slides, slides.elided(), Setting.of("FLOAT", 64), slides.on(Optional.of(Jvm.SERIAL)))
            .stream().sorted().toList(),
        judged(Profile.QUICK).stream().sorted().toList());
  }

  /// The other networks are measured too, with too few forks for a verdict on each: one fit over all says what moves
  /// r*.
  @Test
  void bothPrecisionsAndAllVirtualMachinesAreJudgedInHalfAnHour() {
    List<Setting> judged = judged(Profile.STANDARD);
    assertTrue(judged.containsAll(judged(Profile.QUICK)));
    assertEquals(8, judged.stream().distinct().count());
    assertTrue(judged.stream().noneMatch(Setting::isOtherNetwork));
    long others = Profile.STANDARD.blocks().stream().filter(block -> isOf(Suite.JACOBIANS, block))
        .map(ProfileTest::setting).filter(Setting::isOtherNetwork).distinct().count();
    assertEquals(12, others + 1, "one of the twelve is the slides' own");
  }

  private static List<Setting> judged(Profile profile) {
    return profile.blocks().stream()
        .filter(block -> block.trials().getFirst().leastForks() > 1).map(ProfileTest::setting).toList();
  }

  /// A key in a summary means the same pairs, whichever profile measured it.
  @Test
  void aSettingHasTheSamePairsInEveryProfile() {
    Map<Setting, String> cells = new HashMap<>();
    for (Profile profile : List.of(Profile.QUICK, Profile.STANDARD, Profile.FULL)) {
      for (Block block : profile.blocks()) {
        if (isOf(Suite.JACOBIANS, block)) {
          String its = block.trials().getFirst().params().get("cells");
          assertEquals(its, cells.computeIfAbsent(setting(block), _ -> its), setting(block).key());
        }
      }
    }
    assertEquals(2, Set.copyOf(cells.values()).size());
    assertEquals(1, cells.entrySet().stream()
        .filter(each -> !each.getKey().isOtherNetwork()).map(Map.Entry::getValue).distinct().count());
  }

  /// Near the diagonal the claim is decided.
  @Test
  void pairsAFactorOfTwoAndOfRootTwoApartAreMeasuredAtSeveralSizes() {
    Setting slides = Setting.of("FLOAT", 1);
    for (double factor : new double[] {0.5, 1 / 1.4, 1.4, 2}) {
      assertEquals(3, near(slides, factor), "D/M = " + factor);
      assertTrue(near(slides.with(1, 16, "RELU"), factor) > 0, "D/M = " + factor);
    }
    assertEquals(9 + 6, ClaimGrid.of(slides.with(1, 16, "RELU")).size());
    assertEquals(25 + 12, ClaimGrid.of(Setting.of("DOUBLE", 64).elided()).size());
  }

  /// How many pairs beside the coarse grid have this D/M.
  private static long near(Setting setting, double factor) {
    return Stream.of(ClaimGrid.of(setting).cells().split("/"))
        .filter(part -> part.contains("x"))
        .map(part -> part.split("x"))
        .filter(pair -> Math.abs(Double.parseDouble(pair[0]) / Double.parseDouble(pair[1]) / factor - 1) < 1e-9)
        .count();
  }

  /// The claim and its calls on each; all else, rivals included, on the one that users have.
  @ParameterizedTest
  @EnumSource(Profile.class)
  void onlyTheClaimIsMeasuredOnSeveralVirtualMachines(Profile profile) {
    for (Block block : profile.blocks()) {
      assertTrue(isOf(Suite.JACOBIANS, block) || isOf(Suite.CALLS, block)
          || block.trials().stream().allMatch(trial -> trial.jvm() == Jvm.G1), block.toString());
    }
    List<Setting> claims = profile.blocks().stream()
        .filter(block -> isOf(Suite.JACOBIANS, block)).map(ProfileTest::setting).toList();
    Setting slides = Setting.of("FLOAT", 1);
    assertEquals(claims.contains(slides), claims.contains(slides.on(Optional.of(Jvm.SERIAL))));
    assertEquals(claims.contains(slides) && profile != Profile.QUICK,
        claims.contains(slides.on(Optional.of(Jvm.COMPACT))));
  }

  /// Where calls are measured the claim is as well, on the same pairs and virtual machine.
  @ParameterizedTest
  @EnumSource(names = {"SMOKE", "QUICK", "STANDARD", "FULL"})
  void callsAreThoseOfTheClaim(Profile profile) {
    List<Block> calls = profile.blocks().stream().filter(block -> isOf(Suite.CALLS, block)).toList();
    assertTrue(calls.stream().anyMatch(block -> setting(block).equals(Setting.of("FLOAT", 1))));
    for (Block block : calls) {
      Block claim = profile.blocks().stream().filter(each -> each.measures(setting(block))).findFirst().orElseThrow();
      assertEquals(claim.trials().getFirst().params(), block.trials().getFirst().params());
      assertEquals(claim.trials().getFirst().subjects(), block.trials().getFirst().subjects());
    }
  }

  /// Where the machine's vectors are no wider, they are the other figures'.
  @Test
  void narrowVectorsAreMeasuredWhereTheMachineHasWiderOnes() {
    List<Jvm> measured = Profile.STANDARD.blocks().stream().filter(block -> isOf(Suite.JACOBIANS, block))
        .map(block -> block.trials().getFirst().jvm()).filter(Jvm::isNarrowed).distinct().sorted().toList();
    assertEquals(Stream.of(Jvm.values()).filter(jvm -> jvm.isNarrowed() && jvm.isHere()).toList(), measured);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyTrialRunsAsOftenAsItHasForks(Profile profile) {
    Map<Trial, Integer> expected = new HashMap<>();
    profile.blocks()
        .forEach(block -> block.trials().forEach(trial -> expected.merge(trial, block.forks(), Integer::sum)));
    Map<Trial, Integer> ordered = new HashMap<>();
    Experiment.order(profile.blocks(), new Random(1))
        .forEach(block -> block.forEach(trial -> ordered.merge(trial, 1, Integer::sum)));
    assertEquals(expected, ordered);
  }

  /// With one fork a verdict is not possible.
  @ParameterizedTest
  @EnumSource(names = {"SMOKE", "QUICK", "STANDARD", "FULL"})
  void theSlidesSettingHasSeveralForks(Profile profile) {
    List<Block> grids = profile.blocks().stream().filter(block -> isOf(Suite.JACOBIANS, block)).toList();
    assertEquals(grids.size(), grids.stream().map(ProfileTest::setting).distinct().count());
    Block slides = grids.stream().filter(block -> block.measures(Setting.of("FLOAT", 1))).findFirst().orElseThrow();
    assertTrue(slides.forks() >= 2);
    assertEquals(grids.stream().mapToInt(Block::forks).max().orElseThrow(), slides.forks());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyBlockRunsOnceBeforeAnyRunsTwice(Profile profile) {
    List<List<Trial>> order = Experiment.order(profile.blocks(), new Random(1));
    List<List<Trial>> first = order.subList(0, profile.blocks().size());
    assertEquals(first.size(), first.stream().map(Set::copyOf).distinct().count());
  }

  @ParameterizedTest
  @EnumSource(names = {"SMOKE", "QUICK", "STANDARD", "FULL"})
  void aPlantedFaultIsInEveryTrialThatTellsTheModesApartAndNoOtherIsRun(Profile profile) {
    List<Block> planted = profile.planting(1.6);
    List<Trial> trials = planted.stream().flatMap(block -> block.trials().stream()).toList();
    assertTrue(trials.stream().allMatch(trial -> trial.benchmark().equals(Suite.JACOBIANS.benchmark)));
    assertTrue(trials.stream().allMatch(trial -> trial.params().get("slowForward").equals("1.6")));
    assertTrue(trials.stream().allMatch(trial -> trial.subjects() > 0));
    assertEquals(profile.blocks().stream().filter(block -> isOf(Suite.JACOBIANS, block)).map(Block::forks).toList(),
        planted.stream().map(Block::forks).toList());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void noTrialStandsTwice(Profile profile) {
    List<Trial> trials = profile.blocks().stream().flatMap(block -> block.trials().stream()).toList();
    assertEquals(trials.size(), trials.stream().distinct().count());
  }

  @Test
  void randomNetworksAreMeasuredOnceEachInOneFork() {
    for (Profile profile : List.of(Profile.SMOKE, Profile.QUICK, Profile.STANDARD, Profile.FULL, Profile.JACOBIANS)) {
      List<Block> random = profile.blocks().stream().filter(block -> isOf(Suite.REGRET, block)).toList();
      assertEquals(1, random.size(), profile.key());
      assertEquals(1, random.getFirst().forks(), profile.key());
      assertTrue(random.getFirst().trials().getFirst().subjects() > 1, profile.key());
    }
  }

  /// The parameters that the report asks for are those that its own runs set.
  @Test
  void profilesSetWhatTheReportNeeds() {
    for (Profile profile : Profile.values()) {
      for (Block block : profile.blocks()) {
        for (Trial trial : block.trials()) {
          Suite suite = Suite.of(trial.benchmark()).orElseThrow();
          assertTrue(trial.params().keySet().containsAll(suite.subject), trial.toString());
        }
      }
    }
  }

  /// Of each form few rows, squares and shallow products, in both precisions.
  @Test
  void fortyProductsCoverTheFormsAndSizes() {
    List<Trial> trials = Profile.PEERS_ONE_THREAD.blocks().stream().flatMap(block -> block.trials().stream()).toList();
    for (String precision : List.of("FLOAT", "DOUBLE")) {
      List<Trial> of = trials.stream().filter(trial -> trial.params().get("precision").equals(precision)).toList();
      List<String> shapes = of.stream().flatMap(trial -> Stream.of(trial.params().get("shape").split("/"))).toList();
      assertEquals(40, shapes.size());
      assertEquals(40, Set.copyOf(shapes).size());
      assertTrue(shapes.containsAll(List.of("Y_W 8x8x8", "Y_W 1024x1024x1024", "X_WT 1x256x256", "Y_W 4x256x256",
          "Y_W 32x1024x1024",
          "UT_X 1024x1024x8")), shapes.toString());
      assertTrue(PeerShapes.all().containsAll(shapes));
      assertTrue(of.stream().allMatch(trial -> trial.params().get("rounds").equals("15")
          && trial.subjects() == 15 * trial.params().get("shape").split("/").length), of.toString());
    }
  }
}
