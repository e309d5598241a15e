variable "name" {
  description = "Name of everything made here, such as vedette-prod."
  type        = string
  default     = "vedette"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "Small letters, digits and dashes, 3 to 32 of them, beginning with a letter."
  }
}

variable "environment" {
  description = "Which value set of the chart is taken."
  type        = string
  default     = "staging"

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "One of dev, staging, prod."
  }
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "cidr" {
  description = "Addresses of the network, a /16."
  type        = string
  default     = "10.60.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && endswith(var.cidr, "/16")
    error_message = "An IPv4 block of /16."
  }
}

variable "kubernetes_version" {
  description = "Version of the cluster; the chart asks for 1.30 or newer."
  type        = string
  default     = "1.31"
}

variable "api_allowed_cidrs" {
  description = "Who may reach the cluster's API; none means only from inside the network."
  type        = list(string)
  default     = []
}

variable "nodes" {
  description = "The worker machines."
  type = object({
    instance_type = optional(string, "m7i.large")
    min           = optional(number, 2)
    max           = optional(number, 6)
  })
  default = {}
}

variable "database" {
  description = "The managed PostgreSQL. AWS offers none with TimescaleDB: Vedette uses native partitions there. Bring your own with external_url_secret_arn in its place."
  type = object({
    instance_class          = optional(string, "db.m7g.large")
    storage_gb              = optional(number, 100)
    max_storage_gb          = optional(number, 1000)
    multi_az                = optional(bool, true)
    backup_days             = optional(number, 14)
    deletion_protection     = optional(bool, true)
    external_url_secret_arn = optional(string, "")
  })
  default = {}
}

variable "kafka" {
  description = "A managed Kafka as a further way in; off by default."
  type = object({
    enabled       = optional(bool, false)
    instance_type = optional(string, "kafka.t3.small")
    storage_gb    = optional(number, 100)
  })
  default = {}
}

variable "image" {
  description = "The image you built and pushed: repository and digest."
  type = object({
    repository = string
    digest     = string
  })

  validation {
    condition     = can(regex("^sha256:[0-9a-f]{64}$", var.image.digest))
    error_message = "The digest is sha256: and 64 hexadecimal digits."
  }
}

variable "values" {
  description = "Further values of the chart, as YAML; the last word."
  type        = string
  default     = ""
}

variable "tags" {
  description = "Further tags of everything."
  type        = map(string)
  default     = {}
}
