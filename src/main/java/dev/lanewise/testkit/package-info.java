/// The laws of a layer, as checks that authors of layers can run.
///
/// A [LayerContract][dev.lanewise.testkit.LayerContract] checks that a layer obeys the laws that the operators and the
/// other layers rely on; a failing [Law][dev.lanewise.testkit.Law] says what it compared. It needs no test framework,
/// and works with any. A [GradCheck][dev.lanewise.testkit.GradCheck] checks only the derivative, at a point of your
/// choice.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `LayerContract`: the laws that every layer must satisfy, for one layer
/// - `Law`: a property that a layer must have, and how to check it
/// - `Trial`: a layer at a random point, and random directions there
/// - `ValueLaws`: shapes, precisions, samples that are separate
/// - `DerivativeLaws`: the derivative as a linear map
/// - `SecondDerivativeLaws`: the derivative of the pull
/// - `StructureLaws`: what a layer says of itself
/// - `ParameterLaws`: another layer's parameters are refused
/// - `RefusalLaws`: bad input is refused, and nothing half-written
/// - `MemoryLaws`: what is read, written and kept
/// - `Samples`: one sample of a batch, or of a panel of them
/// - `GradCheck`: checks the derivatives of a layer or network where its user is
/// - `GradPoint`: a layer at somebody's own point
/// - `GradReport`: what a check measured
/// - `AdjointQuestions`: identities of scalar products
/// - `JacobianQuestions`: the Jacobian element by element
/// - `Worst`: the pair of numbers that differs most
/// - `TaylorQuestions`: how fast remainders vanish with the step
/// - `Differences`: central differences with extrapolation
/// - `Comparison`: two sides that should be the same
package dev.lanewise.testkit;

