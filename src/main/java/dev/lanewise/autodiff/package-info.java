/// The operators: Jacobians by forward and by reverse mode, and the products that they are made of.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Jacobians`: value, push, pull, whole Jacobian and gradient of a network at a point
/// - `Mode`: in which order a chain of Jacobians is multiplied out
/// - `LinearMap`: a network at one point, to push and pull through as often as wanted
/// - `ValueAndTangent`: what a push gives
/// - `ValueAndCotangents`: what a pull gives
/// - `SampleJacobians`: the Jacobian of every sample of a batch
/// - `ParameterJacobians`: Jacobians by the parameters
/// - `Hessians`: second derivatives and their products, Gauss-Newton products
/// - `SampleHessians`: the Hessian of every sample of a batch
/// - `Overflows`: what a Jacobian is where a unit has overflowed
/// - `JacobianOptions`: mode, chunk, memory, costs, and whether orders are timed
/// - `PreparedJacobian`: a Jacobian planned once, for loops
/// - `Preparation`: what it is prepared for, and how its plan is found
/// - `PreparedJacobians`: a pool of them for the threads of a service
/// - `PreparedGradient`: value and gradient, for loops
/// - `PreparedHessian`: value, gradient and second derivatives, for loops
/// - `PublishedParameters`: θ that is swapped in one step while others compute with it
/// - `RecentPlans`: the plans made last, for calls that do not prepare
/// - `JacobianPlan`: the order taken, its price, and those of the others
/// - `JacobianPlanner`: chooses a mode's order and how the Jacobian is cut
/// - `PreparedSampleJacobians`: the Jacobians of a batch's samples planned once, for loops
/// - `SampleWay`: one way to compute these
/// - `BatchPlan`: what pushes or pulls in all samples at once take
/// - `Door`: what operators refuse before they compute
package dev.lanewise.autodiff;

