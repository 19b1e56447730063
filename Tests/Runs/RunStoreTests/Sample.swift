import RunFixtures

typealias Sample = RunFixtures.Sample
