"""What components share: names, policies, tags, rules and tables. None of these modules defines a component."""
