package dev.lanewise.testkit;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// The measurements of a [GradCheck].
///
/// @param measurements law by law, in the order of [GradCheck#laws()]
public record GradReport(List<Measurement> measurements) {

  /// One number, and where it must lie.
  ///
  /// @param law the name of the law that it belongs to
  /// @param of the variables of differentiation: `x`, `theta`, or `x and theta`
  /// @param measured an error relative to the size of what is compared, or a rate; infinite if there was only roundoff
  /// @param bound what an error may be at most, or a rate at least
  /// @param isRate whether it is a rate
  /// @param detail the worst place, with both sides, or the steps and remainders that the rate comes from
  public record Measurement(String law, String of, double measured, double bound, boolean isRate, String detail) {

    /// {@return whether it lies where it must} NaN never does.
    public boolean isKept() {
      return isRate ? measured >= bound : measured <= bound;
    }

    /// For example `of x: relative error 3.1E-17, expected at most 2.8E-14: …`.
    @Override
    public String toString() {
      return "of " + of + ": " + (isRate ? "rate " : "relative error ") + measured + ", expected at "
          + (isRate ? "least " : "most ")
          + bound + ": " + detail;
    }
  }

  /// Keeps a copy.
  public GradReport {
    measurements = List.copyOf(measurements);
  }

  /// {@return whether every measurement lies where it must}
  public boolean isKept() {
    return measurements.stream().allMatch(Measurement::isKept);
  }

  /// {@return the largest relative error of ⟨ȳ, J·v⟩ = ⟨Jᵀ·ȳ, v⟩}
  public double adjointError() {
    return largest("adjoint");
  }

  /// {@return the lowest rate of the remainders after the term of this order, 0 to 2; nothing where it was not
  /// measured}
  public OptionalDouble rate(int order) {
    return measurements.stream().filter(measurement -> measurement.law().equals("taylor-" + order))
        .mapToDouble(Measurement::measured).min();
  }

  /// {@return the largest relative difference of a push and its central difference}
  public double largestDifference() {
    return largest("differences");
  }

  /// {@return the largest relative difference of two Jacobians}
  public double largestDisagreement() {
    return Math.max(largest("pushes-equal-pulls"), largest("agreement"));
  }

  /// 0 where nothing was measured.
  private double largest(String law) {
    return measurements.stream().filter(measurement -> measurement.law().equals(law)).mapToDouble(Measurement::measured)
        .max().orElse(0);
  }

  /// A line for each measurement.
  @Override
  public String toString() {
    return measurements.stream().map(measurement -> measurement.law() + " " + measurement)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
