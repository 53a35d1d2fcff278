/// The operators: Jacobians by forward and by reverse mode, and the products that make them up.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Jacobians`: value, push, pull, whole Jacobian and gradient of a network at a point
/// - `Mode`: the order in which a chain of Jacobians is multiplied out
/// - `LinearMap`: a network at one point, for any number of pushes and pulls
/// - `ValueAndTangent`: the result of a push
/// - `ValueAndCotangents`: the result of a pull
/// - `SampleJacobians`: the Jacobian of every sample of a batch
/// - `ParameterJacobians`: Jacobians with respect to the parameters
/// - `Hessians`: second derivatives and their products, Gauss-Newton products
/// - `SampleHessians`: the Hessian of every sample of a batch
/// - `Overflows`: the Jacobian where a unit has overflowed
/// - `JacobianOptions`: mode, chunk, memory, costs, and whether orders are timed
/// - `PreparedJacobian`: a Jacobian planned once, for loops
/// - `Preparation`: the target of a prepared Jacobian, and the search for its plan
/// - `PreparedJacobians`: a pool of prepared Jacobians for the threads of a service
/// - `PreparedGradient`: value and gradient, for loops
/// - `PreparedHessian`: value, gradient and second derivatives, for loops
/// - `PublishedParameters`: θ that is swapped atomically while others compute with it
/// - `RecentPlans`: the latest plans, for calls that do not prepare
/// - `JacobianPlan`: the order taken, its price, and the prices of the others
/// - `JacobianPlanner`: chooses a mode's order and how the Jacobian is cut
/// - `PreparedSampleJacobians`: the Jacobians of a batch's samples planned once, for loops
/// - `SampleWay`: one way to compute the samples' Jacobians
/// - `BatchPlan`: the cost of pushes or pulls in all samples at once
/// - `Door`: the checks that operators make before they compute
package dev.lanewise.autodiff;

