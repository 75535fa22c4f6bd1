"""The numbers that the Java tests make again: see Lcg.java."""


class Lcg:
    def __init__(self, seed):
        self.state = seed

    def u(self):
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return self.state / 2**31

    def normal(self):
        return sum(self.u() for _ in range(12)) - 6

    def below(self, n):
        return int(self.u() * n)
