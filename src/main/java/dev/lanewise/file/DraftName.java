package dev.lanewise.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A draft's file name: its writer and a random number, for example
/// `.lanewise-4f5a0c3e-1b2c-19b4f0a8e21-0123456789abcdef.draft`.
///
/// It is short whatever the target's name, and unlike names that people give. All class loaders of a process agree on
/// the writer.
///
/// @param machine from one start of the system to the next
/// @param process its number and start time, as numbers are reused
/// @param random 16 digits
record DraftName(String machine, String process, String random) {

  private static final Pattern PATTERN = Pattern.compile(
      "\\.lanewise-([0-9a-f]{8})-([0-9a-f]{1,16}-[0-9a-f]{1,16})-([0-9a-f]{16})\\.draft");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String MACHINE = bootId();
  private static final String PROCESS = processId();

  static DraftName next() {
    return new DraftName(MACHINE, PROCESS, "%016x".formatted(ThreadLocalRandom.current().nextLong()));
  }

  /// Null where `name` is no draft's.
  static DraftName parse(String name) {
    Matcher matcher = PATTERN.matcher(name);
    return matcher.matches() ? new DraftName(matcher.group(1), matcher.group(2), matcher.group(3)) : null;
  }

  boolean isOfThisProcess() {
    return isOfThisMachine() && process.equals(PROCESS);
  }

  boolean isOfThisMachine() {
    return machine.equals(MACHINE);
  }

  /// All containers of a machine share it, as they share its locks. Where there is none, drives are taken for local.
  private static String bootId() {
    try {
      String id = Files.readString(BOOT_ID).replaceAll("[^0-9a-f]", "");
      return id.length() < 8 ? "00000000" : id.substring(0, 8);
    } catch (IOException _) {
      return "00000000";
    }
  }

  private static String processId() {
    ProcessHandle process = ProcessHandle.current();
    return "%x-%x".formatted(process.pid(), process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  @Override
  public String toString() {
    return ".lanewise-" + machine + "-" + process + "-" + random + ".draft";
  }
}
